cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
engross set alliance economics.tiers.3.pays=15.5% --reason 'Agreed in May.' > set.txt
engross check alliance
