cp -r "$SAMPLES"/saas-alliance alliance
engross set alliance exclusivity.commitment.amount='14 activations' > set.txt
engross simulate alliance > simulated.txt
