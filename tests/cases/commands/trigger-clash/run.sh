cp -r "$SAMPLES"/saas-alliance alliance
cat > step.toml <<'END'
[[reviews.trigger]]
id = "shorter-step"
metric = "activation-count"
window = "6 months"
when = "at-least"
threshold = "15 activations"
sets.term = "registration.valid"
sets.to = "100 days"
effect = "New registrations hold for 100 days."
reason.share = "The first step is a short one."

END
sed '/^id = "support-check"/,$d' "$SAMPLES"/saas-alliance/deal.toml | sed '$d' > alliance/deal.toml
cat step.toml >> alliance/deal.toml
echo '[[reviews.trigger]]' >> alliance/deal.toml
sed -n '/^id = "support-check"/,$p' "$SAMPLES"/saas-alliance/deal.toml >> alliance/deal.toml
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
engross review alliance --on 2027-04-14 --events "$EVENTS"/2027-q1.csv > q1.txt
engross review alliance --on 2027-07-14 --events "$EVENTS"/2027-q2.csv
