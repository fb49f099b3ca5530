using System.Text.Json;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>The shared cases of contagion, to 1e-9 where they are exact and to their last digit where they are rounded.</summary>
public sealed class ContagionCaseTests
{
    private static JsonElement All => Cases.Read("contagion.json");

    [Test]
    public void EisenbergNoeClearingIsReproduced()
    {
        foreach (var one in All.GetProperty("eisenbergNoe").EnumerateArray())
        {
            var answer = ClearingVector.Find(NetworkOf(one), BankruptcyCosts.None);
            Assert.That(answer.Payments, Is.EqualTo(Cases.Numbers(one.GetProperty("payments"))).Within(1e-9));
            Assert.That(answer.Defaults, Is.EqualTo(Cases.Integers(one.GetProperty("defaults"))));
            if (one.TryGetProperty("defaultRounds", out var rounds))
                Assert.That(Enumerable.Range(0, answer.Rounds).Select(answer.DefaultsAfter), Is.EqualTo(rounds.EnumerateArray().Select(Cases.Integers)));
        }
    }

    [Test]
    public void RogersVeraartClearingIsReproduced()
    {
        foreach (var one in All.GetProperty("rogersVeraart").EnumerateArray())
        {
            var costs = new BankruptcyCosts(one.GetProperty("recoveryOnAssets").GetDouble(), one.GetProperty("recoveryOnClaims").GetDouble());
            var answer = ClearingVector.Find(NetworkOf(SameNetwork(one)), costs);
            Assert.That(answer.Payments, Is.EqualTo(Cases.Numbers(one.GetProperty("payments"))).Within(1e-9));
            Assert.That(answer.Defaults, Is.EqualTo(Cases.Integers(one.GetProperty("defaults"))));
        }
    }

    [Test]
    public void TheDefaultCascadeIsReproduced()
    {
        foreach (var one in All.GetProperty("defaultCascade").EnumerateArray())
        {
            foreach (var rounds in one.GetProperty("rounds").EnumerateObject())
            {
                var recovery = double.Parse(rounds.Name["R=".Length..], System.Globalization.CultureInfo.InvariantCulture);
                var answer = DefaultCascade.Find(NetworkOf(SameNetwork(one)), recovery);
                Assert.That(
                    Enumerable.Range(0, answer.Rounds).Select(answer.DefaultsAfter),
                    Is.EqualTo(rounds.Value.EnumerateArray().Select(Cases.Integers)), rounds.Name);
            }
        }
    }

    [Test]
    public void DebtRankIsReproduced()
    {
        foreach (var one in All.GetProperty("debtRank").EnumerateArray())
        {
            var (lent, equity) = (Cases.Matrix(one.GetProperty("exposures")), Cases.Numbers(one.GetProperty("equity")));
            double[][] owed = [.. equity.Select((_, debtor) => lent.Select(lender => lender[debtor]).ToArray())];
            var network = new LiabilityNetwork(GraphOf(owed), [0, 0, 0], [0, 0, 0], equity);
            var weights = Cases.Numbers(one.GetProperty("weights"));
            foreach (var (name, rule) in Rules)
            {
                var parameters = DebtRankParameters.Default with { Rule = rule };
                double[] shock = [0, 0, 1];
                var additional = DebtRank.Find(network, shock, parameters).Value(weights);
                Assert.That(additional, Is.EqualTo(one.GetProperty("shockOneHundredPercentTo2").GetProperty("additionalStress").GetProperty(name).GetDouble()).Within(1e-9), name);
                var small = DebtRank.Find(network, [0, 0, 0.1], parameters);
                Assert.That(Enumerable.Range(0, 3).Select(small.UncappedOf), Is.EqualTo(Cases.Numbers(one.GetProperty("shockTenPercentTo2").GetProperty("uncappedStress").GetProperty(name))).Within(1e-9), name);
            }
        }
    }

    [Test]
    public void TheFireSaleIsReproduced()
    {
        foreach (var one in All.GetProperty("fireSale").EnumerateArray())
        {
            double[] Numbers(string name) => Cases.Numbers(one.GetProperty(name));
            var total = Numbers("total");
            var parts = Cases.Matrix(one.GetProperty("holdings"));
            var holdings = Portfolios.Build(2, 2, parts.SelectMany((row, i) => row.Select((part, k) => (i, k, part * total[i]))));
            var answer = FireSale.After(new FireSaleMarket(holdings, Numbers("leverage"), Numbers("priceImpact")), Numbers("shock"));
            Assert.That(answer.Rounds, Has.Length.EqualTo(1));
            Assert.That(answer.Rounds[0].SoldByHolder(2), Is.EqualTo(Numbers("sales")).Within(1e-9));
            Assert.That(answer.Rounds[0].Flows.ToArray(), Is.EqualTo(Numbers("flowByAsset")).Within(1e-9));
            Assert.That(answer.Rounds[0].Moves.ToArray(), Is.EqualTo(Numbers("priceMove")).Within(1e-9));
            Assert.That(answer.Losses, Is.EqualTo(Numbers("losses")).Within(1e-9));
            Assert.That(answer.AggregateVulnerability, Is.EqualTo(one.GetProperty("aggregateVulnerability").GetDouble()).Within(1e-9));
        }
    }

    [Test]
    public void TheMarginSpiralIsReproduced()
    {
        foreach (var one in All.GetProperty("marginSpiral").EnumerateArray())
        {
            double Number(string name) => one.GetProperty(name).GetDouble();
            double[] collateral = Cases.Numbers(one.GetProperty("collateral")), debt = Cases.Numbers(one.GetProperty("debt"));
            var accounts = new MarginAccounts(
                Portfolios.Build(debt.Length, 1, collateral.Select((value, account) => (account, 0, value))), debt,
                Array.ConvertAll(debt, _ => Number("callLine")), Array.ConvertAll(debt, _ => Number("restoreTo")));
            var answer = MarginSpiral.After(accounts, new SecurityMarket([Number("depth")], [false]), [Number("shock")]);
            Assert.That(answer.Ended, Is.True);
            if (one.TryGetProperty("rounds", out var rounds)) AssertRounds(rounds, answer);
            if (!one.TryGetProperty("finalPriceFactor", out var price)) continue;
            Assert.That(answer.PriceFactors[0], Is.EqualTo(price.GetDouble()).Within(5e-7));
            Assert.That(Enumerable.Range(0, 2).Select(answer.Final.ShortfallOf), Is.EqualTo(Cases.Numbers(one.GetProperty("residualDebt"))).Within(5e-4));
        }
    }

    [Test]
    public void GuaranteeCallsAreReproduced()
    {
        foreach (var one in All.GetProperty("guaranteeChain").EnumerateArray())
        {
            var assets = Cases.Numbers(one.GetProperty("assets"));
            var coverage = WeightedGraph.Build(assets.Length, one.GetProperty("guarantees").EnumerateArray()
                .Select(edge => (edge[1].GetInt32(), edge[0].GetInt32(), edge[2].GetDouble())));
            var answer = GuaranteeCalls.Find(GuaranteeSketch.Of(coverage), assets, Cases.Numbers(one.GetProperty("debt")));
            Assert.That(answer.Calls, Is.EqualTo(Cases.Numbers(one.GetProperty("calls"))).Within(1e-9));
            Assert.That(answer.Residual, Is.EqualTo(Cases.Numbers(one.GetProperty("residual"))).Within(1e-9));
        }
    }

    [Test]
    public void PersonalisedPageRankIsReproduced()
    {
        foreach (var one in All.GetProperty("personalisedPageRank").EnumerateArray())
        {
            var path = Cases.Integers(one.GetProperty("path"));
            var graph = WeightedGraph.Build(path.Length, path.Skip(1).Select((_, i) => (i, i + 1, 1.0)));
            var seed = Array.IndexOf(path, one.GetProperty("seed").GetInt32());
            var scores = PersonalisedPageRank.Find(graph, [seed], PageRankParameters.Default with { Alpha = one.GetProperty("alpha").GetDouble() });
            Assert.That(scores.Scores, Is.EqualTo(Cases.Numbers(one.GetProperty("scores"))).Within(1e-9));
        }
    }

    private static readonly (string, DebtRankRule)[] Rules =
        [("linear", DebtRankRule.Linear), ("singleHit", DebtRankRule.SingleHit), ("threshold", DebtRankRule.Threshold)];

    private static void AssertRounds(JsonElement rounds, MarginSpiralAnswer answer)
    {
        Assert.That(answer.Rounds, Has.Length.EqualTo(rounds.GetArrayLength()));
        foreach (var (i, wanted) in rounds.EnumerateArray().Index())
        {
            var (sold, standing) = (answer.Rounds[i].SoldByHolder(2), answer.Standings[i + 1]);
            Assert.That(sold, Is.EqualTo(Cases.Numbers(wanted.GetProperty("sold"))).Within(1e-9));
            Assert.That(answer.PriceFactors[0], Is.EqualTo(wanted.GetProperty("priceFactor").GetDouble()).Within(1e-9));
            Assert.That(Enumerable.Range(0, 2).Select(account => standing.RatioOf(account)!.Value), Is.EqualTo(Cases.Numbers(wanted.GetProperty("ratios"))).Within(1e-9));
        }
    }

    private static JsonElement SameNetwork(JsonElement one) => All.GetProperty("eisenbergNoe").EnumerateArray()
        .Single(network => network.GetProperty("name").GetString() == one.GetProperty("sameNetworkAs").GetString());

    private static LiabilityNetwork NetworkOf(JsonElement one) => new(
        GraphOf(Cases.Matrix(one.GetProperty("L"))), Cases.Numbers(one.GetProperty("outside")), Cases.Numbers(one.GetProperty("assets")));

    private static WeightedGraph GraphOf(double[][] matrix) => WeightedGraph.Build(
        matrix.Length, matrix.SelectMany((row, i) => row.Select((value, j) => (i, j, value))));
}
