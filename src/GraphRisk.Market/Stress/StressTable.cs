using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Stress;

/// <summary>By what the answer to a scenario is divided.</summary>
public enum StressDivision
{
    Broker,

    /// <summary>The jurisdiction (辖区) of the brokers.</summary>
    Jurisdiction,

    /// <summary>The industry of the clients; persons and companies that state none are one row of an empty key.</summary>
    Industry,

    Client,

    Market,
}

/// <summary>Figures of a division after one round; money in yuan, to six decimals.</summary>
public sealed record StressFigures
{
    /// <summary>Contracts under which something was owed before.</summary>
    public int Contracts { get; init; }

    public decimal Debt { get; init; }

    /// <summary>What secures it, suspended securities at their mark.</summary>
    public decimal Collateral { get; init; }

    /// <summary>Debt of contracts at or below their line for calls or warnings, those at the closing line among them.</summary>
    public decimal DebtBelowCallLine { get; init; }

    /// <summary>Debt of contracts at or below their closing line.</summary>
    public decimal DebtBelowClosingLine { get; init; }

    /// <summary>Contracts at or below their line for calls.</summary>
    public int Calls { get; init; }

    /// <summary>What would have to be added to their collateral.</summary>
    public decimal TopUp { get; init; }

    /// <summary>Securities sold by force so far.</summary>
    public decimal ForcedSales { get; init; }

    /// <summary>Suspended securities of those that have to sell.</summary>
    public decimal Unsold { get; init; }

    /// <summary>Contracts whose client has failed, those in default before among them.</summary>
    public int FailedContracts { get; init; }

    /// <summary>Clients that have failed, each once in a division: those of several brokers count at each.</summary>
    public int Defaults { get; init; }

    /// <summary>Debt that collateral does not cover: the losses before clients and guarantors pay from their means.</summary>
    public decimal Uncovered { get; init; }

    /// <summary>What brokers lose beyond collateral, clients' means and guarantees.</summary>
    public decimal Losses { get; init; }
}

/// <summary>A division after every round.</summary>
/// <param name="Key">Code of the broker, jurisdiction, industry, id of the client, or MARKET; empty where none is stated.</param>
/// <param name="Node">Node of the broker or client; -1 for other divisions.</param>
/// <param name="NetCapital">Net capital of its brokers; null where none is stated, and by industry and client.</param>
/// <param name="Rounds">In step with the rounds of the answer, the state before first.</param>
public sealed record StressRow(string Key, int Node, decimal? NetCapital, ImmutableArray<StressFigures> Rounds)
{
    /// <summary>Before anything happened.</summary>
    public StressFigures Before => Rounds[0];

    /// <summary>In the end.</summary>
    public StressFigures After => Rounds[^1];

    /// <summary>Losses in the end to net capital; null where that is not stated.</summary>
    public decimal? LossesToNetCapital => NetCapital > 0 ? After.Losses / NetCapital : null;
}

/// <summary>
/// The answer to a scenario by division. Amounts of each contract are rounded to six decimals before they are added, so rows of
/// any division add up to the market's to the last digit, but for <see cref="StressFigures.Defaults"/>. One pass over contracts
/// and rounds.
/// </summary>
public static class StressTable
{
    /// <summary>Key of the one row of <see cref="StressDivision.Market"/>.</summary>
    public const string WholeMarket = "MARKET";

    private const double Tolerance = 1e-9;

    /// <summary>The rows, ordered by key; divisions without a contract have none.</summary>
    public static ImmutableArray<StressRow> Of(StressAnswer answer, StressDivision by) =>
    [
        .. Divided(answer, by).Select(row => new StressRow(
            row.Key, row.Node, by is StressDivision.Industry or StressDivision.Client ? null : NetCapital(answer, row.Accounts),
            [.. answer.Rounds.Select(round => Figures(answer.Book, round, row.Accounts))])),
    ];

    /// <summary>The accounts of each division that has any, ordered by key.</summary>
    internal static IEnumerable<(string Key, int Node, List<int> Accounts)> Divided(StressAnswer answer, StressDivision by)
    {
        var rows = new SortedDictionary<string, (int Node, List<int> Accounts)>(StringComparer.Ordinal);
        for (var account = 0; account < answer.Book.Accounts.Length; account++)
        {
            var (key, node) = KeyOf(answer.Market, answer.Book.Accounts[account], by);
            if (!rows.TryGetValue(key, out var row)) rows.Add(key, row = (node, []));
            row.Accounts.Add(account);
        }

        return rows.Select(row => (row.Key, row.Value.Node, row.Value.Accounts));
    }

    private static (string Key, int Node) KeyOf(MarketReading market, StressAccount account, StressDivision by)
    {
        var nodes = market.Snapshot.Nodes;
        var party = account.Party < market.Parties.Count ? market.Parties.NodeOf(account.Party) : -1;
        return by switch
        {
            StressDivision.Broker => account.Broker < 0 ? ("", -1) : (nodes.IdOf(account.Broker).Key, account.Broker),
            StressDivision.Jurisdiction => (account.Broker < 0 ? "" : nodes.GetString(account.Broker, "jurisdiction") ?? "", -1),
            StressDivision.Industry => (party >= 0 && market.Parties.IsCompany(account.Party) ? nodes.GetString(party, "industry") ?? "" : "", -1),
            StressDivision.Client => party < 0 ? ("", -1) : (nodes.IdOf(party).ToString(), party),
            _ => (WholeMarket, -1),
        };
    }

    private static decimal? NetCapital(StressAnswer answer, List<int> accounts)
    {
        decimal? sum = null;
        foreach (var broker in accounts.Select(account => answer.Book.Accounts[account].Broker).Where(node => node >= 0).Distinct())
            if (answer.Market.Contracts.NetCapitalOf(broker) is { } capital) sum = (sum ?? 0m) + capital;
        return sum;
    }

    private static StressFigures Figures(StressBook book, StressRound round, List<int> accounts)
    {
        decimal debt = 0, collateral = 0, belowCall = 0, belowClosing = 0, topUp = 0, sold = 0, unsold = 0, uncovered = 0, losses = 0;
        int calls = 0, failedContracts = 0;
        var failed = new HashSet<int>();
        foreach (var account in accounts)
        {
            var (one, owed, value) = (book.Accounts[account], round.Debt[account], round.Collateral[account]);
            var isCalled = IsAtOrBelow(value, one.CallLine, owed);
            debt += Money(owed);
            collateral += Money(value);
            if (isCalled || IsAtOrBelow(value, one.ClosingLine, owed)) belowCall += Money(owed);
            if (IsAtOrBelow(value, one.ClosingLine, owed)) belowClosing += Money(owed);
            calls += isCalled ? 1 : 0;
            if (isCalled) topUp += Money(Math.Max(0, (one.RestoreTo * owed) - value));
            sold += Money(round.Sold[account]);
            unsold += Money(round.Unsold[account]);
            uncovered += Money(Math.Max(0, owed - value));
            losses += Money(round.Losses[account]);
            failedContracts += round.Failed[account] ? 1 : 0;
            if (round.Failed[account]) failed.Add(one.Party);
        }

        return new StressFigures
        {
            Contracts = accounts.Count,
            Debt = debt,
            Collateral = collateral,
            DebtBelowCallLine = belowCall,
            DebtBelowClosingLine = belowClosing,
            Calls = calls,
            TopUp = topUp,
            ForcedSales = sold,
            Unsold = unsold,
            FailedContracts = failedContracts,
            Defaults = failed.Count,
            Uncovered = uncovered,
            Losses = losses,
        };
    }

    private static bool IsAtOrBelow(double value, double line, double debt) => debt > 0 && value <= line * debt * (1 + Tolerance);

    private static decimal Money(double amount) => decimal.Round((decimal)amount, 6);
}
