using GraphRisk.Graph.Facts;

namespace GraphRisk.Scoring.Tests.Features;

/// <summary>
/// A seeded market over eight quarters with every kind of fact the features read. Clients default from a thin
/// collateral ratio and, with a quarter's delay, from the default of a guaranteed debtor: so both own and graph
/// features have something to find.
/// </summary>
internal sealed class RandomMarket
{
    internal const int Quarters = 8;
    private const int Securities = 6;
    private readonly Random _random;
    private readonly MarketSketch _market = new();
    private readonly string[] _clients;
    private readonly double[] _ratio;
    private readonly int[] _defaultedIn;
    private readonly List<(int Guarantor, int Debtor)> _guarantees = [];

    private RandomMarket(int seed, int clients)
    {
        _random = new Random(seed);
        _clients = [.. Enumerable.Range(0, clients).Select(i => i % 3 == 0 ? $"Company/t:c{i}" : $"Person/t:p{i}")];
        _ratio = [.. _clients.Select(_ => 1.2 + 1.8 * _random.NextDouble())];
        _defaultedIn = [.. _clients.Select(_ => int.MinValue)];
    }

    internal static MarketSketch Draw(int seed, int clients)
    {
        var market = new RandomMarket(seed, clients);
        market.DrawTies();
        for (var quarter = 0; quarter < Quarters; quarter++)
            market.Pass(quarter, GraphRisk.Scoring.Labels.Quarters.Shift(GraphRisk.Scoring.Labels.Quarters.EndOf(MarketSketch.Start), quarter));
        return market._market;
    }

    private void DrawTies()
    {
        foreach (var client in _clients)
            _market.Client(client, $"Security/S{_random.Next(Securities)}", 20 + _random.Next(500));
        for (var i = 0; i < _clients.Length; i++)
        {
            var (one, other) = (_random.Next(_clients.Length), _random.Next(_clients.Length));
            if (one == other)
                continue;
            _guarantees.Add((one, other));
            _market.Edge("GUARANTEES", _clients[one], _clients[other], MarketSketch.Start, Later(2000), ("amount", PropertyValue.Of((decimal)_random.Next(100, 4000))));
            var company = _clients[other / 3 * 3];
            if (company != _clients[one])
                _market.Edge("HOLDS", _clients[one], company, Later(500), Later(1500), ("share", PropertyValue.Of(_random.Next(1, 100) / 100m)));
            if (i % 5 == 0)
                DrawPublicFacts(i, company);
        }
    }

    private void DrawPublicFacts(int i, string company)
    {
        var published = Later(600);
        _market.Node($"Listing/l{i}", published, ("list", PropertyValue.Of("l")), ("kind", PropertyValue.OfEnum("DISHONEST_DEBTOR")),
                ("publishedOn", PropertyValue.Of(published)), ("removedOn", PropertyValue.Of(published.AddDays(_random.Next(400)))))
            .Edge("LISTED_AS", _clients[i], $"Listing/l{i}", published, published.AddDays(_random.Next(1, 800)))
            .Node($"Device/d{i}", Later(500), ("kind", PropertyValue.Of("PHONE")))
            .Edge("SIGNED_IN", $"Device/d{i}", $"Account/{Key(i)}", Later(500)).Edge("SIGNED_IN", $"Device/d{i}", $"Account/{Key(_random.Next(_clients.Length))}", Later(500))
            .Edge("OFFICER_OF", _clients[i], company, Later(500), Later(1500))
            .Node(company, Later(600), ("name", PropertyValue.Of("n")), ("totalAssets", PropertyValue.Of((decimal)_random.Next(1000, 9000))),
                ("totalLiabilities", PropertyValue.Of((decimal)_random.Next(1000, 9000))))
            .Node($"Penalty/n{i}", published, ("state", PropertyValue.OfEnum("DECISION")), ("decidedOn", PropertyValue.Of(published)))
            .Edge("PENALISED", _clients[i], $"Penalty/n{i}", published);
    }

    private void Pass(int quarter, DateOnly end)
    {
        for (var security = 0; security < Securities; security++)
        {
            for (var week = 12; week >= 0; week--)
                _market.Price($"Security/S{security}", end.AddDays(-7 * week), 5 + _random.Next(1000) / 100m);
        }
        for (var i = 0; i < _clients.Length; i++)
        {
            _ratio[i] = Math.Max(1.02, _ratio[i] + (_random.NextDouble() - 0.5) * 0.5);
            _market.Margin(_clients[i], end, _random.Next(100, 2000), (decimal)Math.Round(_ratio[i], 4));
        }
        for (var i = 0; i < _clients.Length; i++)
        {
            var own = 0.25 * Math.Exp(-6 * (_ratio[i] - 1.02));
            var contagion = _guarantees.Any(g => g.Guarantor == i && _defaultedIn[g.Debtor] == quarter - 1) ? 0.35 : 0;
            if (_random.NextDouble() >= own + contagion)
                continue;
            _defaultedIn[i] = quarter;
            _market.Event(_clients[i], end.AddDays(-_random.Next(1, 60)), _random.Next(2) == 0 ? "DEFAULT" : "FORCED_LIQUIDATION");
            _ratio[i] = 2.5;
        }
    }

    private string Key(int client) => _clients[client].Split('/')[1];

    private DateOnly Later(int days) => MarketSketch.Start.AddDays(_random.Next(1, days));
}
