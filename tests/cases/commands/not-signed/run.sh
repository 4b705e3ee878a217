cp -r "$SAMPLES"/saas-alliance alliance
engross register alliance
