using System.Globalization;

namespace GraphRisk.TestKit.FinBench;

/// <summary>A drawn FinBench snapshot, dense enough for every read to find something: a few accounts among which much moves, between the days the parameters are drawn from.</summary>
public static class DrawnPayments
{
    private const int Persons = 8;
    private const int Companies = 5;
    private const int Accounts = 18;
    private const int Media = 5;
    private const int Loans = 6;

    /// <summary>Writes the files into the folder <c>snapshot</c> below another.</summary>
    public static void Write(string folder, int seed)
    {
        var (random, root) = (new Random(seed), Path.Combine(folder, "snapshot"));
        Directory.CreateDirectory(root);
        string Blocked() => random.Next(3) == 0 ? "true" : "false";
        string Time() => DateTime.UnixEpoch.AddDays(18_262 + random.Next(1_100)).AddMilliseconds(random.Next(86_400_000)).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        // Few amounts, so that flows tie.
        string Amount() => $"{random.Next(1, 60) * 100_000}.0";
        int Any(int count) => random.Next(1, count + 1);
        string Two()
        {
            var from = random.Next(Accounts);
            return $"{from + 1}|{((from + random.Next(1, Accounts)) % Accounts) + 1}";
        }

        void Nodes(string name, string header, int count, Func<int, string> row) => Put(name, header, Enumerable.Range(1, count).Select(row));
        void Edges(string name, string header, int count, Func<string> row) => Put(name, header, Enumerable.Range(0, count).Select(_ => row()));
        void Put(string name, string header, IEnumerable<string> rows) => File.WriteAllLines(Path.Combine(root, $"{name}.csv"), rows.Prepend(header));

        Nodes("Person", "personId|personName|isBlocked|createTime|gender|birthday|country|city", Persons, id => $"{id}|Person {id}|{Blocked()}|{Time()}|female|1980-01-01|China|Shanghai");
        Nodes("Company", "companyId|companyName|isBlocked|createTime|country|city|business", Companies, id => $"{id}|Company {id}|{Blocked()}|{Time()}|China|Ningbo|Shipping");
        Nodes("Account", "accountId|createTime|isBlocked|accountType", Accounts, id => $"{id}|{Time()}|{Blocked()}|{(id % 4 == 0 ? "debit card" : "brokerage account")}");
        Nodes("Medium", "mediumId|mediumType|isBlocked|createTime", Media, id => $"{id}|{(id % 2 == 0 ? "PHONE" : "IPV4")}|{Blocked()}|{Time()}");
        Nodes("Loan", "loanId|loanAmount|balance|createTime", Loans, id => $"{id}|{Amount()}|{Amount()}|{Time()}");
        Edges("AccountTransferAccount", "fromId|toId|amount|createTime", 160, () => $"{Two()}|{Amount()}|{Time()}");
        Edges("AccountWithdrawAccount", "fromId|toId|amount|createTime", 40, () => $"{Any(Accounts)}|{4 * Any(Accounts / 4)}|{Amount()}|{Time()}");
        Edges("AccountRepayLoan", "accountId|loanId|amount|createTime", 15, () => $"{Any(Accounts)}|{Any(Loans)}|{Amount()}|{Time()}");
        Edges("LoanDepositAccount", "loanId|accountId|amount|createTime", 15, () => $"{Any(Loans)}|{Any(Accounts)}|{Amount()}|{Time()}");
        Edges("MediumSignInAccount", "mediumId|accountId|createTime", 25, () => $"{Any(Media)}|{Any(Accounts)}|{Time()}");
        Nodes("PersonOwnAccount", "personId|accountId|createTime", 11, account => $"{Any(Persons)}|{account}|{Time()}");
        Nodes("CompanyOwnAccount", "companyId|accountId|createTime", 7, account => $"{Any(Companies)}|{account + 11}|{Time()}");
        Nodes("PersonApplyLoan", "personId|loanId|loanAmount|createTime", 4, loan => $"{Any(Persons)}|{loan}|1.0|{Time()}");
        Nodes("CompanyApplyLoan", "companyId|loanId|loanAmount|createTime", 2, loan => $"{Any(Companies)}|{loan + 4}|1.0|{Time()}");
        Nodes("PersonInvestCompany", "investorId|companyId|ratio|createTime", Persons * 3, at => $"{1 + (at % Persons)}|{1 + (at % Companies)}|0.1|{Time()}");
        Nodes("PersonGuaranteePerson", "fromId|toId|createTime|relation", Persons, at => $"{1 + (at % Persons)}|{1 + (((at * 3) + 1) % Persons)}|{Time()}|friend");
    }
}
