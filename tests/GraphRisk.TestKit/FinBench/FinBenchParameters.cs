using System.Globalization;

namespace GraphRisk.TestKit.FinBench;

/// <summary>Parameter sets for every read: those of the files, then seeded ones over ids that occur, with all orders and limits that do cut.</summary>
public sealed class FinBenchParameters
{
    private static readonly string[] Orders = ["TIMESTAMP_DESCENDING", "TIMESTAMP_ASCENDING", "AMOUNT_DESCENDING", "AMOUNT_ASCENDING"];
    private static readonly int[] Days = [20, 45, 90, 400, 1_200];
    private static readonly long First = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private readonly string folder;
    private readonly (long From, long To)[] transfers, withdrawals, deposits, personOwns, invests, guarantees, suspicious;

    public FinBenchParameters(string folder)
    {
        this.folder = folder;
        transfers = Pairs("AccountTransferAccount", "fromId", "toId");
        withdrawals = Pairs("AccountWithdrawAccount", "fromId", "toId");
        deposits = Pairs("LoanDepositAccount", "loanId", "accountId");
        personOwns = Pairs("PersonOwnAccount", "personId", "accountId");
        invests = Pairs("PersonInvestCompany", "investorId", "companyId");
        guarantees = Pairs("PersonGuaranteePerson", "fromId", "toId");
        var blocked = NaiveFinBench.Rows(Path.Combine(folder, "snapshot"), "Medium").Where(row => row["isBlocked"] == "true").Select(row => row.Id("mediumId")).ToHashSet();
        var seen = Pairs("MediumSignInAccount", "mediumId", "accountId").Where(pair => blocked.Contains(pair.Item1)).Select(pair => pair.Item2).ToHashSet();
        suspicious = [.. transfers.Where(pair => seen.Contains(pair.To))];
        (long, long)[] Pairs(string file, string from, string to) =>
            [.. NaiveFinBench.Rows(Path.Combine(folder, "snapshot"), file).Select(row => (row.Id(from), row.Id(to)))];
    }

    /// <summary>The sets of a file, read by position.</summary>
    public IEnumerable<NaiveAsked> OfFile(string code)
    {
        var path = Path.Combine(folder, "read_params", $"complex_{code[3..]}_param.csv");
        if (!code.StartsWith("TCR", StringComparison.Ordinal) || !File.Exists(path)) yield break;
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var f = line.Split('|');
            long At(int i) => long.Parse(f[i], CultureInfo.InvariantCulture);
            yield return code switch
            {
                "TCR3" or "TCR4" or "TCR10" => new NaiveAsked(code, At(0), At(1), At(2), At(3), 0, 0, int.MaxValue, Orders[0]),
                "TCR6" => new NaiveAsked(code, At(0), 0, At(3), At(4), At(1), At(2), (int)At(5), f[6]),
                "TCR7" or "TCR8" or "TCR9" => new NaiveAsked(code, At(0), 0, At(2), At(3), decimal.Parse(f[1], CultureInfo.InvariantCulture), 0, (int)At(4), f[5]),
                _ => new NaiveAsked(code, At(0), 0, At(1), At(2), 0, 0, (int)At(3), f[4]),
            };
        }
    }

    /// <summary>As many sets: up to half from the file, the rest drawn.</summary>
    public IEnumerable<NaiveAsked> Sets(string code, int count, int seed)
    {
        var random = new Random(seed);
        var stated = OfFile(code).Take(count / 2).ToList();
        return [.. stated, .. Enumerable.Range(0, count - stated.Count).Select(_ => Draw(code, random))];
    }

    private NaiveAsked Draw(string code, Random random)
    {
        var days = Days[random.Next(Days.Length)];
        var start = First + (86_400_000L * random.Next(1_100));
        // What brute force walks path by path is kept small where the window is long.
        int[] limits = code == "TCR6" ? [8, 20, 500] : days > 90 && (code is "TCR2" or "TCR5" or "TCR8") ? [1, 2, 3, 6] : [1, 3, 10, 500];
        var limit = code is "TCR3" or "TCR4" or "TCR10" ? int.MaxValue : limits[random.Next(limits.Length)];
        (long From, long To) Any((long From, long To)[] pairs) => pairs[random.Next(pairs.Length)];
        var transfer = Any(transfers);
        var (id, id2) = code switch
        {
            "TCR1" => (random.Next(2) == 0 && suspicious.Length > 0 ? Any(suspicious).From : transfer.From, 0),
            "TCR2" or "TCR5" or "TCR12" => (Any(personOwns).From, 0),
            "TCR3" => (transfer.From, Any(transfers).To),
            "TCR4" => Circle(random),
            "TCR6" => (Any(withdrawals).To, 0),
            "TCR8" => (Any(deposits).From, 0),
            "TCR9" => (Any(deposits).To, 0),
            "TCR10" => Any(invests) is var one && invests.Where(other => other.To == one.To).Select(other => other.From).ToList() is var both
                ? (one.From, both[random.Next(both.Count)]) : default,
            "TCR11" => (Any(guarantees).From, 0),
            _ => (random.Next(2) == 0 ? transfer.From : transfer.To, 0L),
        };
        decimal[] thresholds = code == "TCR8" ? [0, 0.01m, 0.1m, 0.4m] : [0, 1_000, 1_000_000, 5_000_000];
        if (code is "TCR4" or "TCR6" or "TCR10" or "TCR11" || (code == "TCR1" && random.Next(2) == 0)) (start, days) = (First, 1_200);
        if (code == "TCR1" && days > 90) limit = limit == 1 ? 3 : 30;
        return new NaiveAsked(
            code, id, id2, start, start + (86_400_000L * days), thresholds[random.Next(4)], code == "TCR6" ? thresholds[random.Next(4)] : 0, limit, Orders[random.Next(4)]);
    }

    /// <summary>Two accounts with a transfer from one to the other, of circles where some are found soon.</summary>
    private (long From, long To) Circle(Random random)
    {
        var back = backs ??= transfers.ToLookup(pair => pair.From, pair => pair.To);
        for (var attempt = 0; ; attempt++)
        {
            var one = transfers[random.Next(transfers.Length)];
            if (attempt == 200 || back[one.To].Any(other => other != one.From && back[other].Contains(one.From))) return one;
        }
    }

    private ILookup<long, long>? backs;
}
