using System.Collections.Immutable;
using GraphRisk.Cli.Input;
using GraphRisk.Graph.Algorithms.Contagion;
using static GraphRisk.Cli.Contagion.ContagionReport;

namespace GraphRisk.Cli.Contagion;

/// <summary>Methods over holdings of securities: fire sales, margin spiral.</summary>
internal static class SaleMethods
{
    public static ContagionReport FireSales(string method, ContagionRequest request)
    {
        var read = Holdings.Read(request, HeadingRole.Leverage);
        read.Fields.Require("a fire sale", HeadingRole.Leverage);
        double[] impact = [.. read.Depths(request).Select(depth => 1 / depth)];
        var answer = FireSale.After(
            new FireSaleMarket(read.Portfolios, read.OfHolders(HeadingRole.Leverage, 0), impact), read.Shocks, request.Rounds ?? 1);
        var sold = Sold(answer.Rounds, read.Holders.Count);
        return new ContagionReport(
            method, answer.Rounds.Length, answer.Ended,
            Record(
                ("shockLoss", answer.ShockLosses.Sum()), ("sold", sold.Sum()), ("lossInside", answer.Losses.Sum()),
                ("aggregateVulnerability", answer.AggregateVulnerability)),
            [
                .. EachNode(read.Holders, holder => [("shockLoss", answer.ShockLosses[holder]), ("sold", sold[holder]), ("loss", answer.Losses[holder])]),
                .. Prices(read, answer.Rounds),
            ],
            [.. Enumerable.Range(0, read.Holders.Count).SelectMany(holder => Terms(read, answer.TermsOf(holder), request.Top))]);
    }

    public static ContagionReport Spiral(string method, ContagionRequest request)
    {
        var read = Holdings.Read(request, HeadingRole.Debt, HeadingRole.CallLine, HeadingRole.RestoreTo);
        read.Fields.Require("a margin account", HeadingRole.Debt);
        var accounts = new MarginAccounts(
            read.Portfolios, read.OfHolders(HeadingRole.Debt, 0), read.OfHolders(HeadingRole.CallLine, request.CallLine), read.OfHolders(HeadingRole.RestoreTo, request.RestoreTo));
        for (var account = 0; account < read.Holders.Count; account++)
            if (!(accounts.RestoreTo[account] > 1 && accounts.RestoreTo[account] >= accounts.CallLine[account]))
                throw new UserErrorException($"{read.Holders[account]}: the ratio to restore is above 1 and not below the call line.");
        bool[] suspended = [.. read.OfSecurities(HeadingRole.Suspended, 0).Select(flag => flag > 0)];
        var answer = MarginSpiral.After(accounts, new SecurityMarket(read.Depths(request), suspended), read.Shocks, request.Rounds ?? 1000);
        var (sold, last) = (Sold(answer.Rounds, read.Holders.Count), answer.Final);
        var count = read.Holders.Count;
        return new ContagionReport(
            method, answer.Rounds.Length, answer.Ended,
            Record(
                ("sold", sold.Sum()), ("failures", answer.FailureRounds.Count(round => round >= 0)),
                ("lossInside", answer.Losses.Sum()), ("lossOutside", Enumerable.Range(0, count).Sum(last.ShortfallOf))),
            [
                .. EachNode(read.Holders, account =>
                [
                    ("collateral", last.Collateral[account]), ("debt", last.Debt[account]), ("ratio", last.RatioOf(account)), ("sold", sold[account]),
                    ("soldByRound", answer.Rounds.Select(round => round.SoldByHolder(count)[account]).ToArray()),
                    ("loss", answer.Losses[account]), ("outsideLoss", last.ShortfallOf(account)), ("defaultRound", Round(answer.FailureRounds[account])),
                ]),
                .. EachNode(read.Securities, security => [("priceFactor", answer.PriceFactors[security])]),
            ],
            [.. Enumerable.Range(0, count).SelectMany(account => Terms(read, answer.TermsOf(account), request.Top))]);
    }

    private static double[] Sold(ImmutableArray<SaleRound> rounds, int holders)
    {
        var sold = new double[holders];
        foreach (var sale in rounds.SelectMany(round => round.Sales)) sold[sale.Seller] += sale.Amount;
        return sold;
    }

    private static IEnumerable<IReadOnlyDictionary<string, object?>> Prices(Holdings read, ImmutableArray<SaleRound> rounds) =>
        EachNode(read.Securities, security =>
        [
            ("shock", read.Shocks[security]), ("flow", rounds.Sum(round => round.Flows[security])),
            ("priceMove", rounds.Aggregate(1.0, (factor, round) => factor * (1 + round.Moves[security])) - 1),
        ]);

    private static IEnumerable<IReadOnlyDictionary<string, object?>> Terms(Holdings read, ImmutableArray<SaleLoss> terms, int? top) =>
        (top is { } most ? terms.OrderByDescending(term => term.Amount).ThenBy(term => (term.Seller, term.Security)).Take(most) : terms).Select(term => Record(
            ("from", read.Holders[term.Seller]), ("to", read.Holders[term.Holder]), ("security", read.Securities[term.Security]), ("loss", term.Amount)));

    /// <summary>Who holds what, as the files state it. Holders and securities have one nodes file and names apart.</summary>
    private sealed record Holdings(NodeNames Holders, NodeNames Securities, Portfolios Portfolios, NodeFields Fields, NodeNames Names, double[] Shocks)
    {
        public static Holdings Read(ContagionRequest request, params ReadOnlySpan<HeadingRole> ofHolders)
        {
            var names = new NodeNames();
            List<FieldRule> rules = [new(HeadingRole.Depth), new(HeadingRole.PriceImpact), new(HeadingRole.Suspended, IsYesOrNo: true), new(HeadingRole.Assets)];
            foreach (var role in ofHolders) rules.Add(new FieldRule(role));
            var fields = NodeFields.Read(request.Nodes, names, mayAdd: true, [.. rules]);
            var (holders, securities) = (new NodeNames(), new NodeNames());
            var positions = ReadPositions(request.Network, names, fields, holders, securities);
            var portfolios = Portfolios.Build(holders.Count, securities.Count, positions);
            var shock = NodeFields.Read(request.Shock, securities, mayAdd: false, new FieldRule(HeadingRole.Shock, -1), new FieldRule(HeadingRole.Fall, 0, 1));
            double[] shocks = [.. Enumerable.Range(0, securities.Count).Select(node => shock.Of(HeadingRole.Shock, node) - shock.Of(HeadingRole.Fall, node))];
            return new Holdings(holders, securities, portfolios, fields, names, shocks);
        }

        public double[] OfHolders(HeadingRole role, double otherwise) => Of(Holders, role, otherwise);

        public double[] OfSecurities(HeadingRole role, double otherwise) => Of(Securities, role, otherwise);

        /// <summary>Depth of each security: as stated, or one over its impact, or that of the command line, or without limit.</summary>
        public double[] Depths(ContagionRequest request)
        {
            var impact = OfSecurities(HeadingRole.PriceImpact, 0);
            var standard = request.Depth ?? double.PositiveInfinity;
            return [.. OfSecurities(HeadingRole.Depth, 0).Select((depth, security) => depth > 0 ? depth : impact[security] > 0 ? 1 / impact[security] : standard)];
        }

        private double[] Of(NodeNames some, HeadingRole role, double otherwise) =>
            [.. Enumerable.Range(0, some.Count).Select(node => Fields.Of(role, Names.Find(some[node]), otherwise))];

        private static List<(int Holder, int Security, double Value)> ReadPositions(
            string path, NodeNames names, NodeFields fields, NodeNames holders, NodeNames securities)
        {
            using var table = new HeadedTable(path);
            var (holderColumn, securityColumn) = (table.Require(HeadingRole.Holder), table.Require(HeadingRole.Security));
            var isPart = !table.Has(HeadingRole.Holding) && table.Has(HeadingRole.Part);
            var valueColumn = table.Require(isPart ? HeadingRole.Part : HeadingRole.Holding);
            var positions = new List<(int Holder, int Security, double Value)>();
            while (table.Next())
            {
                var (holder, security) = (table.Text(holderColumn), table.Text(securityColumn));
                if (securities.Find(holder) >= 0) throw table.Fault(holderColumn, "is a security elsewhere");
                if (holders.Find(security) >= 0 || holder == security) throw table.Fault(securityColumn, "is a holder elsewhere");
                var value = table.Number(valueColumn, 0) ?? throw table.Fault(valueColumn, "is empty");
                if (isPart) value *= fields.Of(HeadingRole.Assets, names.Find(holder));
                positions.Add((holders.NumberOf(holder), securities.NumberOf(security), value));
            }

            return positions;
        }
    }
}
