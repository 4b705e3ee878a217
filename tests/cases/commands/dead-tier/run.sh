cp -r "$SAMPLES"/saas-alliance alliance
engross set alliance economics.tiers.2.to='USD 9000000' --follow > set.txt
engross simulate alliance > simulated.txt
