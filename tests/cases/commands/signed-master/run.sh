cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
engross set alliance legal.liability.cap_amount='USD 300000' --reason 'The insurer agreed.'
