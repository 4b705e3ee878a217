# Events of the sample `saas-alliance` for two quarters, in the order of their days; the same rows on every machine.
#
#   awk -v rows=1000000 -f benches/events.awk > events.csv
#   awk -v rows=1000000 -v copies=100 -f benches/events.awk | ...
#
# With copies, each row stands so many times, each time of another account with another invoice: a hundred million rows
# in the memory of a million.
#
# Each account is registered, orders, is invoiced four times with a discount and tax, pays, passes the activation gate and
# opens tickets: 24 rows. Some are influenced or split, some get a refund, some leave.

function roll(sides) { seed = (seed * 69069 + 12345) % 4294967296; return int(seed / 65536) % sides }
function out(today, text,    parts, count, i, c, mark, row) {
  written++
  count = split(text, parts, "~")
  for (c = 1; c <= copies; c++) {
    mark = copies > 1 ? "." c : ""
    row = parts[1]
    for (i = 2; i <= count; i++) row = row mark parts[i]
    print "E" written mark "," today "," row
  }
}
function put(day, text) { if (day < 181) later[day, count[day]++] = text }
function date(day,    month) {
  for (month = 1; day >= length_of[month]; month++) day -= length_of[month]
  return sprintf("2027-%02d-%02d", month, day + 1)
}
BEGIN {
  if (!copies) copies = 1
  seed = 20270101; split("31 28 31 30 31 30", length_of, " ")
  credits = split("sourced sourced sourced sourced sourced sourced influenced influenced both none", credit, " ")
  segments = split("health-uk health-uk health-uk acute-trusts care-uk", segment, " ")
  print "id,date,account,kind,amount,currency,item,segment,attribution,invoice,reason"
  each = rows / 181
  for (day = 0; day < 181 && written < rows; day++) {
    today = date(day)
    quota = (day + 1) * each
    for (i = 0; i < count[day] && written < rows; i++) { out(today, later[day, i]); delete later[day, i] }
    while (written < quota && written < rows) {
      n++; name = "Account " n "~"
      out(today, name ",registration,,,," segment[1 + roll(segments)] "," credit[1 + roll(credits)] ",,")
      put(day + 1, name ",order,,,,,,,")
      for (k = 0; k < 4; k++) {
        fee = 500 + roll(40000); off = int(fee / 10); tax = int(fee / 5); at = day + 1 + 30 * k; bill = "I" n "-" k "~"
        put(at, name ",invoice," fee ",USD,,,," bill ",")
        put(at, name ",discount," off ".50,USD,,,," bill ",")
        put(at, name ",tax," tax ",USD,,,," bill ",")
        if (roll(20)) put(at + 20, name ",collection," (fee - off + tax - 1) ".50,USD,,,," bill ",")
        if (!roll(40)) put(at + 22, name ",refund,25,USD,,,," bill ",")
        put(at + 9, name ",ticket,,,,,,,")
      }
      put(day + 15, name ",activation,,,,,,,")
      if (!roll(50)) put(day + 100, name ",churn,,,,,,,price")
    }
  }
  while (written < rows) out("2027-06-30", "Account 1~,ticket,,,,,,,")
}
