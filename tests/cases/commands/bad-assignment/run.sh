cp -r "$SAMPLES"/saas-alliance alliance
engross set alliance economics.cap.amount
