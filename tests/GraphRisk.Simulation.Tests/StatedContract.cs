namespace GraphRisk.Simulation.Tests;

/// <summary>A contract of whatever kind as its broker states it, statements in order of their days.</summary>
internal sealed record StatedContract(string Broker, string Number, string Kind, string ClientNo, string Account, DateOnly OpenedOn, IReadOnlyList<StatedContract.Statement> Statements)
{
    /// <param name="Status">OPEN, OVERDUE, CLOSED or DISPOSAL, whatever the dialect.</param>
    public sealed record Statement(DateOnly Day, string Status, double Debt, double Cash, double Collateral);

    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["OPEN"] = "OPEN", ["正常"] = "OPEN", ["CALLED"] = "OPEN", ["追保"] = "OPEN", ["OVERDUE"] = "OVERDUE", ["逾期"] = "OVERDUE",
        ["CLOSED"] = "CLOSED", ["了结"] = "CLOSED", ["购回"] = "CLOSED",
        ["LIQUIDATED"] = "DISPOSAL", ["强平"] = "DISPOSAL", ["DEFAULTED"] = "DISPOSAL", ["违约"] = "DISPOSAL", ["DISPOSAL"] = "DISPOSAL", ["违约处置"] = "DISPOSAL",
    };

    public Statement Last => Statements[^1];

    /// <summary>The statement that holds on a day; null before the first.</summary>
    public Statement? On(DateOnly day) => Statements.LastOrDefault(s => s.Day <= day);

    public static StatedContract[] Of(GeneratedMarket market)
    {
        var owners = market.BrokerRows("accounts").ToDictionary(a => a.Cells[0], a => a.Cells[1]);
        var margin = market.BrokerRows("margin_statements").ToLookup(s => s.Cells[0], s => Read(s.Cells, 2, Sum(s.Cells[5..8]), N(s.Cells[3]), N(s.Cells[4])));
        var pledge = market.BrokerRows("pledge_statements").ToLookup(s => s.Cells[0], s => Read(s.Cells, 2, N(s.Cells[4]), 0, N(s.Cells[5])));
        return
        [
            .. market.BrokerRows("margin").Select(c => new StatedContract(c.Broker, c.Cells[0], "margin", owners[c.Cells[1]], c.Cells[1], GeneratedMarket.Date(c.Cells[2]), Ordered(margin[c.Cells[0]]))),
            .. market.BrokerRows("pledge").Select(c => new StatedContract(c.Broker, c.Cells[0], "pledge", c.Cells[1], c.Cells[2], GeneratedMarket.Date(c.Cells[6]), Ordered(pledge[c.Cells[0]]))),
            .. market.BrokerRows("repo").GroupBy(r => (r.Broker, r.Cells[0])).Select(g => new StatedContract(
                g.Key.Broker, g.Key.Item2, "repo", g.First().Cells[3], "", GeneratedMarket.Date(g.First().Cells[9]), Ordered(g.Select(r => Read(r.Cells, 2, N(r.Cells[7]), 0, N(r.Cells[5])))))),
        ];
    }

    private static Statement Read(string[] cells, int status, double debt, double cash, double collateral) =>
        new(GeneratedMarket.Date(cells[1]), Statuses[cells[status]], debt, cash, collateral);

    private static Statement[] Ordered(IEnumerable<Statement> statements) => [.. statements.OrderBy(s => s.Day)];

    private static double N(string text) => GeneratedMarket.Number(text);

    private static double Sum(IEnumerable<string> cells) => cells.Sum(N);
}
