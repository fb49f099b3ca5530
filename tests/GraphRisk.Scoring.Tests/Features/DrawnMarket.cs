using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Features;

/// <summary>
/// A seeded market over eight quarters with every kind of fact the features read. Clients default from a thin
/// collateral ratio and, with a quarter's delay, from the default of a guaranteed debtor: so both own and graph
/// features have something to find.
/// </summary>
internal sealed class DrawnMarket
{
    internal const int Quarters = 8;
    private const int Securities = 6;
    private readonly Random random;
    private readonly FactSketch market = new();
    private readonly string[] clients;
    private readonly double[] ratio;
    private readonly int[] defaultedIn;
    private readonly List<(int Guarantor, int Debtor)> guarantees = [];

    private DrawnMarket(int seed, int clients)
    {
        random = new Random(seed);
        this.clients = [.. Enumerable.Range(0, clients).Select(i => i % 3 == 0 ? $"Company/t:c{i}" : $"Person/t:p{i}")];
        ratio = [.. this.clients.Select(_ => 1.2 + 1.8 * random.NextDouble())];
        defaultedIn = [.. this.clients.Select(_ => int.MinValue)];
    }

    internal static FactSketch Draw(int seed, int clients)
    {
        var market = new DrawnMarket(seed, clients);
        market.DrawTies();
        for (var quarter = 0; quarter < Quarters; quarter++)
            market.Pass(quarter, GraphRisk.Scoring.Labels.Quarters.Shift(GraphRisk.Scoring.Labels.Quarters.EndOf(FactSketch.Start), quarter));
        return market.market;
    }

    private void DrawTies()
    {
        foreach (var client in clients)
            market.Client(client, $"Security/S{random.Next(Securities)}", 20 + random.Next(500));
        for (var i = 0; i < clients.Length; i++)
        {
            var (one, other) = (random.Next(clients.Length), random.Next(clients.Length));
            if (one == other)
                continue;
            guarantees.Add((one, other));
            market.Edge("GUARANTEES", clients[one], clients[other], FactSketch.Start, Later(2000), ("amount", PropertyValue.Of((decimal)random.Next(100, 4000))));
            var company = clients[other / 3 * 3];
            if (company != clients[one])
                market.Edge("HOLDS", clients[one], company, Later(500), Later(1500), ("share", PropertyValue.Of(random.Next(1, 100) / 100m)));
            if (i % 5 == 0)
                DrawPublicFacts(i, company);
        }
    }

    private void DrawPublicFacts(int i, string company)
    {
        var published = Later(600);
        market.Node($"Listing/l{i}", published, ("list", PropertyValue.Of("l")), ("kind", PropertyValue.OfEnum("DISHONEST_DEBTOR")),
                ("publishedOn", PropertyValue.Of(published)), ("removedOn", PropertyValue.Of(published.AddDays(random.Next(400)))))
            .Edge("LISTED_AS", clients[i], $"Listing/l{i}", published, published.AddDays(random.Next(1, 800)))
            .Node($"Device/d{i}", Later(500), ("kind", PropertyValue.Of("PHONE")))
            .Edge("SIGNED_IN", $"Device/d{i}", $"Account/{Key(i)}", Later(500)).Edge("SIGNED_IN", $"Device/d{i}", $"Account/{Key(random.Next(clients.Length))}", Later(500))
            .Edge("OFFICER_OF", clients[i], company, Later(500), Later(1500))
            .Node(company, Later(600), ("name", PropertyValue.Of("n")), ("totalAssets", PropertyValue.Of((decimal)random.Next(1000, 9000))),
                ("totalLiabilities", PropertyValue.Of((decimal)random.Next(1000, 9000))))
            .Node($"Penalty/n{i}", published, ("state", PropertyValue.OfEnum("DECISION")), ("decidedOn", PropertyValue.Of(published)))
            .Edge("PENALISED", clients[i], $"Penalty/n{i}", published);
    }

    private void Pass(int quarter, DateOnly end)
    {
        for (var security = 0; security < Securities; security++)
        {
            for (var week = 12; week >= 0; week--)
                market.Price($"Security/S{security}", end.AddDays(-7 * week), 5 + random.Next(1000) / 100m);
        }
        for (var i = 0; i < clients.Length; i++)
        {
            ratio[i] = Math.Max(1.02, ratio[i] + (random.NextDouble() - 0.5) * 0.5);
            market.Margin(clients[i], end, random.Next(100, 2000), (decimal)Math.Round(ratio[i], 4));
        }
        for (var i = 0; i < clients.Length; i++)
        {
            var own = 0.25 * Math.Exp(-6 * (ratio[i] - 1.02));
            var contagion = guarantees.Any(g => g.Guarantor == i && defaultedIn[g.Debtor] == quarter - 1) ? 0.35 : 0;
            if (random.NextDouble() >= own + contagion)
                continue;
            defaultedIn[i] = quarter;
            market.Event(clients[i], end.AddDays(-random.Next(1, 60)), random.Next(2) == 0 ? "DEFAULT" : "FORCED_LIQUIDATION").Event(clients[i], end, "CURED");
            ratio[i] = 2.5;
        }
    }

    private string Key(int client) => clients[client].Split('/')[1];

    private DateOnly Later(int days) => FactSketch.Start.AddDays(random.Next(1, days));
}
