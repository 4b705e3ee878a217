cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
echo 'One more promise.' >> alliance/signed/exhibit-raci.md
engross check alliance
