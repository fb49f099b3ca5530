using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>Fire sales and margin spirals against dense oracles; every loss by who sold what.</summary>
public sealed class SaleTests
{
    [TestCase(1)]
    [TestCase(4)]
    public void FireSalesEqualTheDenseRoundsAndTermsAddUp(int rounds)
    {
        for (var seed = 1; seed <= 5000; seed++)
        {
            var random = new Random(seed);
            var (held, graph) = Draw(random);
            var (investors, assets) = (held.GetLength(0), held.GetLength(1));
            double[] leverage = Part(random, investors, 20), impact = Part(random, assets, 0.003), shock = [.. Part(random, assets, 0.1).Select(move => -move)];
            var found = FireSale.After(new FireSaleMarket(graph, leverage, impact), shock, rounds);
            var (losses, terms) = SaleOracle.FireSale(held, leverage, impact, shock, rounds);
            Assert.That(found.Losses, Is.EqualTo(losses).Within(1e-9), $"seed {seed}");
            for (var holder = 0; holder < investors; holder++) AssertTerms(found.TermsOf(holder), terms, holder, found.Losses[holder], $"seed {seed}");
        }
    }

    [Test]
    public void SpiralsEqualTheDenseRoundsAndTermsAddUp()
    {
        for (var seed = 1; seed <= 5000; seed++)
        {
            var drawn = new DrawnSpiral(seed);
            var found = MarginSpiral.After(drawn.Accounts, drawn.Market, drawn.Shock);
            var oracle = SaleOracle.Spiral(drawn.Held, drawn.Accounts, drawn.Market, drawn.Shock);
            Assert.That(found.Ended, $"seed {seed}");
            Assert.That(found.Final.Collateral, Is.EqualTo(oracle.Collateral).Within(1e-7), $"seed {seed}");
            Assert.That(found.Final.Debt, Is.EqualTo(oracle.Debt).Within(1e-7), $"seed {seed}");
            for (var account = 0; account < drawn.Accounts.Debt.Length; account++)
            {
                AssertTerms(found.TermsOf(account), oracle.Terms, account, found.Losses[account], $"seed {seed}");
                var (first, last) = (found.Standings[0], found.Final);
                Assert.That(last.Collateral[account] - last.Debt[account], Is.EqualTo(first.Collateral[account] - first.Debt[account] - found.Losses[account]).Within(1e-9), "what it is worth less it lost by sales");
            }
        }
    }

    [Test]
    public void AccountsEndAtOrAboveTheirLineOrWithNothingToSellAndSuspendedStaysUnsold()
    {
        for (var seed = 1; seed <= 5000; seed++)
        {
            var drawn = new DrawnSpiral(seed);
            var found = MarginSpiral.After(drawn.Accounts, drawn.Market, drawn.Shock);
            Assert.That(found.Rounds.SelectMany(round => round.Sales).Any(sale => drawn.Market.IsSuspended[sale.Security]), Is.False);
            for (var account = 0; account < drawn.Accounts.Debt.Length; account++)
            {
                var liquid = Enumerable.Range(0, drawn.Shock.Length).Where(k => !drawn.Market.IsSuspended[k])
                    .Sum(k => drawn.Held[account, k] * found.PriceFactors[k]) - 1e-9;
                var soldAll = found.Rounds.Length > 0 && found.Final.Collateral[account] <= Enumerable.Range(0, drawn.Shock.Length)
                    .Where(k => drawn.Market.IsSuspended[k]).Sum(k => drawn.Held[account, k] * found.PriceFactors[k]) + 1e-9;
                var ratio = found.Final.RatioOf(account);
                Assert.That(ratio is null || soldAll || liquid <= 0 || ratio >= drawn.Accounts.CallLine[account] - 1e-9, $"seed {seed}");
            }
        }
    }

    [Test]
    public void WithoutPriceImpactTheSpiralFailsWhomThePlainCascadeFails()
    {
        for (var seed = 1; seed <= 5000; seed++)
        {
            var drawn = new DrawnSpiral(seed);
            var deep = drawn.Market with { Depth = Array.ConvertAll(drawn.Market.Depth, _ => double.PositiveInfinity) };
            var found = MarginSpiral.After(drawn.Accounts, deep, drawn.Shock);
            var count = drawn.Accounts.Debt.Length;
            var network = new LiabilityNetwork(WeightedGraph.Build(count, []), drawn.Accounts.Debt, found.Standings[0].Collateral);
            Assert.That(Enumerable.Range(0, count).Where(account => found.FailureRounds[account] >= 0), Is.EqualTo(DefaultCascade.Find(network, 0).DefaultsAfter(int.MaxValue)), $"seed {seed}");
            Assert.That(found.Losses.Sum(), Is.Zero);
        }
    }

    [Test]
    public void ALineThatCannotBeRestoredIsRefused()
    {
        var accounts = new MarginAccounts(Portfolios.Build(1, 1, [(0, 0, 100.0)]), [90], [1.3], [1.2]);
        Assert.That(() => MarginSpiral.After(accounts, new SecurityMarket([1000], [false]), [0.0]), Throws.ArgumentException);
    }

    private static void AssertTerms(IReadOnlyList<SaleLoss> found, double[,,] wanted, int holder, double loss, string seed)
    {
        Assert.That(found.Sum(term => term.Amount), Is.EqualTo(loss).Within(1e-9), seed);
        foreach (var term in found) Assert.That(term.Amount, Is.EqualTo(wanted[term.Seller, term.Security, holder]).Within(1e-7), seed);
    }

    private static (double[,] Held, Portfolios Graph) Draw(Random random)
    {
        var (holders, securities) = (random.Next(1, 6), random.Next(1, 6));
        var positions = new List<(int, int, double)>();
        var held = new double[holders, securities];
        for (var i = random.Next(0, 3 * holders); i > 0; i--)
        {
            var (holder, security, value) = (random.Next(holders), random.Next(securities), 100 * random.NextDouble());
            positions.Add((holder, security, value));
            held[holder, security] += value;
        }

        return (held, Portfolios.Build(holders, securities, positions));
    }

    private static double[] Part(Random random, int count, double most) => [.. Enumerable.Range(0, count).Select(_ => most * random.NextDouble())];

    private sealed class DrawnSpiral
    {
        public DrawnSpiral(int seed)
        {
            var random = new Random(seed);
            (Held, var graph) = Draw(random);
            double[] debt = [.. Enumerable.Range(0, Held.GetLength(0)).Select(holder => graph.TotalOf(holder) * random.NextDouble())];
            double[] call = [.. debt.Select(_ => 1.1 + (0.3 * random.NextDouble()))];
            Accounts = new MarginAccounts(graph, debt, call, Array.ConvertAll(call, line => line + 0.05 + (0.2 * random.NextDouble())));
            var securities = Held.GetLength(1);
            Market = new SecurityMarket([.. Part(random, securities, 900).Select(depth => depth + 20)], [.. Enumerable.Range(0, securities).Select(_ => random.Next(4) == 0)]);
            Shock = [.. Part(random, securities, 0.5).Select(move => -move)];
        }

        public double[,] Held { get; }

        public MarginAccounts Accounts { get; }

        public SecurityMarket Market { get; }

        public double[] Shock { get; }
    }
}
