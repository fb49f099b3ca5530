using System.Globalization;

namespace GraphRisk.TestKit.FinBench;

/// <summary>Parameters of a read as they stand in a file.</summary>
public sealed record NaiveAsked(string Code, long Id, long Id2, long Start, long End, decimal Threshold, decimal Threshold2, int Limit, string Order);

/// <summary>
/// FinBench's operations by brute force, straight from the rows of its files: every path is walked, every edge is looked at, nothing is shared with
/// the operations under test. Answers are rows of text; ids are numbers.
/// </summary>
public sealed partial class NaiveFinBench
{
    private readonly Dictionary<long, (long Created, bool Blocked, string Kind)> accounts = [];
    private readonly Dictionary<long, (bool Blocked, string Kind)> media = [];
    private readonly Dictionary<long, bool> persons = [];
    private readonly Dictionary<long, (decimal Amount, decimal Balance)> loans = [];
    private readonly Edges transfers = new(), withdrawals = new(), repayments = new(), deposits = new(), signIns = new();
    private readonly Edges personOwns = new(), companyOwns = new(), personApplies = new(), companyApplies = new(), personInvests = new(), guarantees = new();

    public NaiveFinBench(string snapshot)
    {
        foreach (var row in Rows(snapshot, "Person")) persons.Add(row.Id("personId"), row["isBlocked"] == "true");
        foreach (var row in Rows(snapshot, "Account")) accounts.Add(row.Id("accountId"), (row.Time(), row["isBlocked"] == "true", row.Has("accountType") ? row["accountType"] : row["accoutType"]));
        foreach (var row in Rows(snapshot, "Medium")) media.Add(row.Id("mediumId"), (row["isBlocked"] == "true", row["mediumType"]));
        foreach (var row in Rows(snapshot, "Loan")) loans.Add(row.Id("loanId"), (row.Number("loanAmount"), row.Number("balance")));
        Load("AccountTransferAccount", transfers, "fromId", "toId");
        Load("AccountWithdrawAccount", withdrawals, "fromId", "toId");
        Load("AccountRepayLoan", repayments, "accountId", "loanId");
        Load("LoanDepositAccount", deposits, "loanId", "accountId");
        Load("MediumSignInAccount", signIns, "mediumId", "accountId");
        Load("PersonOwnAccount", personOwns, "personId", "accountId");
        Load("CompanyOwnAccount", companyOwns, "companyId", "accountId");
        Load("PersonApplyLoan", personApplies, "personId", "loanId");
        Load("CompanyApplyLoan", companyApplies, "companyId", "loanId");
        Load("PersonInvestCompany", personInvests, "investorId", "companyId");
        Load("PersonGuaranteePerson", guarantees, "fromId", "toId");
        void Load(string file, Edges edges, string from, string to)
        {
            foreach (var row in Rows(snapshot, file)) edges.Add(row.Id(from), row.Id(to), row.Time(), row.Has("amount") ? row.Number("amount") : 0);
        }
    }

    /// <summary>Rows of a file under its header.</summary>
    public static IEnumerable<NaiveRow> Rows(string folder, string file)
    {
        var path = Path.Combine(folder, $"{file}.csv");
        if (!File.Exists(path)) yield break;
        string[]? names = null;
        foreach (var line in File.ReadLines(path))
        {
            if (names is null) names = line.Split('|');
            else yield return new NaiveRow(file, names, line.Split('|'));
        }
    }

    public List<string> Answer(NaiveAsked asked) => asked.Code switch
    {
        "TCR1" => Tcr1(asked), "TCR2" => Tcr2(asked), "TCR3" => Tcr3(asked), "TCR4" => Tcr4(asked), "TCR5" => Tcr5(asked), "TCR6" => Tcr6(asked),
        "TCR7" => Tcr7(asked), "TCR8" => Tcr8(asked), "TCR9" => Tcr9(asked), "TCR10" => Tcr10(asked), "TCR11" => Tcr11(asked), "TCR12" => Tcr12(asked),
        "TSR1" => accounts.TryGetValue(asked.Id, out var account) ? [$"{account.Created}|{account.Blocked}|{account.Kind}"] : [],
        "TSR2" => Tsr2(asked), "TSR3" => Tsr3(asked),
        "TSR4" => Grouped(transfers.Out(asked.Id).Where(e => In(asked, e) && e.Amount > asked.Threshold), e => e.To),
        "TSR5" => Grouped(transfers.In(asked.Id).Where(e => In(asked, e) && e.Amount > asked.Threshold), e => e.From),
        "TSR6" => Tsr6(asked),
        _ => throw new ArgumentException(asked.Code),
    };

    /// <summary>Applies an update and says what became of it.</summary>
    public string Apply(NaiveRow row)
    {
        switch (row.File)
        {
            case "AddPersonWrite1": persons[row.Id("personId")] = row["isBlocked"] == "true"; break;
            case "AddCompanyWrite2": break;
            case "AddMediumWrite3": media[row.Id("mediumId")] = (row["isBlocked"] == "true", row["mediumType"]); break;
            case "AddPersonOwnAccountWrite4": Own(personOwns, row.Id("personId")); break;
            case "AddCompanyOwnAccountWrite5": Own(companyOwns, row.Id("companyId")); break;
            case "AddPersonApplyLoanWrite6": Apply(personApplies, row.Id("personId")); break;
            case "AddCompanyApplyLoanWrite7": Apply(companyApplies, row.Id("companyId")); break;
            case "AddPersonInvestCompanyWrite8": Add(personInvests, "investorId", "companyId", true, true); break;
            case "AddCompanyInvestCompanyWrite9" or "AddCompanyGuaranteeCompanyWrite11": break;
            case "AddPersonGuaranteePersonWrite10": Add(guarantees, "fromId", "toId", true, true); break;
            case "AddAccountTransferAccountWrite12": return Add(transfers, "fromId", "toId", accounts.ContainsKey(row.Id("fromId")), accounts.ContainsKey(row.Id("toId")));
            case "AddAccountWithdrawAccountWrite13": return Add(withdrawals, "fromId", "toId", accounts.ContainsKey(row.Id("fromId")), accounts.ContainsKey(row.Id("toId")));
            case "AddAccountRepayLoanWrite14": return Add(repayments, "account", "loanId", accounts.ContainsKey(row.Id("account")), loans.ContainsKey(row.Id("loanId")));
            case "AddLoanDepositAccountWrite15": return Add(deposits, "loanId", "accountId", loans.ContainsKey(row.Id("loanId")), accounts.ContainsKey(row.Id("accountId")));
            case "AddMediumSigninAccountWrite16": return Add(signIns, "mediumId", "accountId", true, accounts.ContainsKey(row.Id("accountId")));
            case "DeleteAccountWrite17": return Remove(row.Id("accountId")) ? "Written" : "Refused";
            case "UpdateAccountWrite18": accounts[row.Id("accountId")] = accounts[row.Id("accountId")] with { Blocked = true }; break;
            case "UpdatePersonWrite19": persons[row.Id("personId")] = true; break;
            case "AddAccountTransferAccountReadWrite1" or "AddAccountTransferAccountReadWrite2": return Transfer(row);
            case "AddPersonGuaranteePersonReadWrite3": return Guarantee(row);
            default: throw new ArgumentException(row.File);
        }

        return "Written";

        void Own(Edges owns, long owner)
        {
            accounts[row.Id("accountId")] = (row.Time(), row["accountBlocked"] == "true", row["accountType"]);
            owns.Add(owner, row.Id("accountId"), row.Time(), 0);
        }

        void Apply(Edges applies, long party)
        {
            loans[row.Id("loanId")] = (row.Number("loanAmount"), row.Number("balance"));
            applies.Add(party, row.Id("loanId"), row.Time(), 0);
        }

        string Add(Edges edges, string from, string to, bool hasFrom, bool hasTo)
        {
            if (!hasFrom || !hasTo) return "Refused";
            edges.Add(row.Id(from), row.Id(to), row.Time(), row.Has("amount") ? row.Number("amount") : 0);
            return "Written";
        }
    }

    private bool Remove(long id)
    {
        if (!accounts.Remove(id)) return false;
        var gone = deposits.In(id).Select(e => e.From).Concat(repayments.Out(id).Select(e => e.To)).ToHashSet();
        foreach (var edges in new[] { transfers, withdrawals })
            edges.RemoveAll(e => e.From == id || e.To == id);
        foreach (var edges in new[] { signIns, personOwns, companyOwns }) edges.RemoveAll(e => e.To == id);
        repayments.RemoveAll(e => e.From == id || gone.Contains(e.To));
        deposits.RemoveAll(e => e.To == id || gone.Contains(e.From));
        foreach (var applies in new[] { personApplies, companyApplies }) applies.RemoveAll(e => gone.Contains(e.To));
        foreach (var loan in gone) loans.Remove(loan);
        return true;
    }

    private string Transfer(NaiveRow row)
    {
        var (from, to) = (row.Id("fromId"), row.Id("toId"));
        if (!accounts.TryGetValue(from, out var one) || !accounts.TryGetValue(to, out var other) || one.Blocked || other.Blocked) return "Refused";
        transfers.Add(from, to, row.Time(), row.Number("amount"));
        var asked = new NaiveAsked("", from, to, row.Id("startTime"), row.Id("endTime"), row.Has("amount_threshold") ? row.Number("amount_threshold") : 0, 0, int.MaxValue, "");
        bool isHarmful;
        if (row.File.EndsWith('1'))
        {
            isHarmful = transfers.Out(to).Any(on => In(asked, on) && on.To != from && on.To != to && transfers.Out(on.To).Any(back => back.To == from && In(asked, back)));
        }
        else
        {
            asked = asked with { Limit = (int)row.Id("truncation_limit"), Order = row["truncation_order"] };
            isHarmful = Exceeds(from) && Exceeds(to);
            bool Exceeds(long account)
            {
                var sent = Cut(asked, transfers.Out(account), e => e.To).Where(e => In(asked, e) && e.Amount > asked.Threshold).Sum(e => e.Amount);
                var received = Cut(asked, transfers.In(account), e => e.From).Where(e => In(asked, e) && e.Amount > asked.Threshold).Sum(e => e.Amount);
                return sent > 0 && Math.Round(received / sent, 3, MidpointRounding.AwayFromZero) > row.Number("ratio_threshold");
            }
        }

        if (!isHarmful) return "Written";
        transfers.RemoveLast();
        accounts[from] = accounts[from] with { Blocked = true };
        accounts[to] = accounts[to] with { Blocked = true };
        return "Blocked";
    }

    private string Guarantee(NaiveRow row)
    {
        var (from, to) = (row.Id("fromId"), row.Id("toId"));
        if (!persons.TryGetValue(from, out var one) || !persons.TryGetValue(to, out var other) || one || other) return "Refused";
        guarantees.Add(from, to, row.Time(), 0);
        var sum = decimal.Parse(
            Tcr11(new NaiveAsked("", from, 0, row.Id("startTime"), row.Id("endTime"), 0, 0, (int)row.Id("truncation_limit"), row["truncation_order"]))[0].Split('|')[0],
            CultureInfo.InvariantCulture);
        if (sum <= row.Number("amount_threshold")) return "Written";
        guarantees.RemoveLast();
        persons[from] = persons[to] = true;
        return "Blocked";
    }

    /// <summary>One row of an edge file; the number tells rows apart that say the same.</summary>
    private sealed record Edge(long From, long To, long Time, decimal Amount, int Number);

    private sealed class Edges
    {
        private readonly Dictionary<long, List<Edge>> from = [];
        private readonly Dictionary<long, List<Edge>> to = [];
        private Edge? last;
        private int number;

        public void Add(long source, long target, long time, decimal amount)
        {
            last = new Edge(source, target, time, amount, number++);
            if (!from.TryGetValue(source, out var sent)) from.Add(source, sent = []);
            if (!to.TryGetValue(target, out var received)) to.Add(target, received = []);
            sent.Add(last);
            received.Add(last);
        }

        public void RemoveLast() => RemoveAll(edge => edge == last);

        public List<Edge> Out(long id) => from.GetValueOrDefault(id) ?? [];

        public List<Edge> In(long id) => to.GetValueOrDefault(id) ?? [];

        public void RemoveAll(Predicate<Edge> isGone)
        {
            foreach (var list in from.Values.Concat(to.Values)) list.RemoveAll(isGone);
        }
    }
}

/// <summary>A row under its header.</summary>
public sealed record NaiveRow(string File, string[] Names, string[] Values)
{
    public string this[string name] => Values[Array.IndexOf(Names, name)];

    public bool Has(string name) => Array.IndexOf(Names, name) >= 0;

    public long Id(string name) => long.Parse(this[name], CultureInfo.InvariantCulture);

    public decimal Number(string name) => decimal.Parse(this[name], CultureInfo.InvariantCulture);

    /// <summary>Its time in milliseconds: a number in updates, a date in the snapshot.</summary>
    public long Time()
    {
        var text = Has("createTime") ? this["createTime"] : Has("deleteTime") ? this["deleteTime"] : this["timestamp"];
        return long.TryParse(text, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
    }
}
