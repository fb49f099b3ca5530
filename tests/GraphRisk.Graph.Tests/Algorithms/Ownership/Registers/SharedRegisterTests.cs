using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Registers;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.Registers;

/// <summary>
/// All pairs of the shared registers in one pass: counts stated with them, and of the FinBench sample, whose circle has 457 companies, every
/// pair held against series summed term by term and against simple paths followed one by one.
/// </summary>
public sealed class SharedRegisterTests
{
    private const double Quarter = 0.25;

    // Paths are followed while their product is above this; of the rest it is known what they bring at most.
    private const double LeastProduct = 1e-5;

    private static readonly Lazy<(NamedEdges Named, double[][] Walks)> Sample = new(() =>
    {
        var named = SharedHoldings.FinBench();
        return (named, Walks(named));
    });

    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void TheBelgianRegisterHas342Pairs(OwnershipSemantics semantics)
    {
        var answer = new RegisterOwnership(GraphOf(SharedHoldings.Belgian())).Find(new RegisterQuestion(semantics, 0.25m));
        Assert.That(answer.Pairs, Has.Length.EqualTo(342));
    }

    [Test]
    public void TheBelgianRegisterHas225ControlPairs() => Assert.That(RegisterControl.Pairs(GraphOf(SharedHoldings.Belgian())), Has.Length.EqualTo(225));

    [TestCase(false, 785)]
    [TestCase(true, 786)]
    public void WalksOfTheFinBenchSampleAreThoseOfTheSeries(bool selfPairs, int count)
    {
        var (named, walks) = Sample.Value;
        var wanted = Pairs(named, (holder, company) => (selfPairs || holder != company) && walks[company][holder] - (holder == company ? 1 : 0) >= Quarter);
        var answer = new RegisterOwnership(GraphOf(named)).Find(new RegisterQuestion(OwnershipSemantics.Walk, 0.25m, SelfPairs: selfPairs));
        AssertPairs(answer, wanted, count);
        foreach (var pair in answer.Pairs)
            Assert.That(pair.Share, Is.EqualTo(walks[pair.Company][pair.Holder] - (pair.Holder == pair.Company ? 1 : 0)).Within(1e-9));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void WalksThatDoNotReturnOfTheFinBenchSampleAreThoseOfTheSeries(bool selfPairs)
    {
        var (named, walks) = Sample.Value;
        var wanted = Pairs(named, (holder, company) => holder != company && Corrected(walks, holder, company) >= Quarter);
        var answer = new RegisterOwnership(GraphOf(named)).Find(new RegisterQuestion(OwnershipSemantics.Corrected, 0.25m, SelfPairs: selfPairs));
        AssertPairs(answer, wanted, 785);
        foreach (var pair in answer.Pairs) Assert.That(pair.Share, Is.EqualTo(Corrected(walks, pair.Holder, pair.Company)).Within(1e-9));
    }

    [Test]
    public void SimplePathsOfTheFinBenchSampleLieBetweenTheBoundsOfTheirLongestChains()
    {
        var (named, walks) = Sample.Value;
        var (companies, into) = (named.Edges.Select(edge => edge.To).Distinct().Order().ToList(), IntoOf(named));
        var bounds = companies.ToDictionary(company => company, company => SimplePaths(into, walks, company));
        var answer = new RegisterOwnership(GraphOf(named)).Find(new RegisterQuestion(OwnershipSemantics.SimplePath, 0.25m));
        var told = answer.Pairs.ToDictionary(pair => (pair.Holder, pair.Company));
        var refused = answer.Findings.Any(finding => finding.Kind == OwnershipFindingKind.PathBudgetExceeded);
        var (certain, missing, open) = (0, 0, 0);
        foreach (var company in companies)
        {
            foreach (var (holder, (lower, upper)) in bounds[company])
            {
                var isTold = told.TryGetValue((holder, company), out var pair);
                if (isTold) Assert.That(pair.Share, Is.InRange(lower - 1e-9, upper + 1e-9));
                if (upper < Quarter) Assert.That(isTold, Is.False, $"{named.Names[holder]} of {named.Names[company]}: at most {upper}");
                else if (lower >= Quarter) (certain, missing) = (certain + 1, missing + (isTold ? 0 : 1));
                else open++;
            }
        }

        Assert.That((certain, open), Is.EqualTo((784, 0)), "the bounds decide every pair");
        Assert.That(told.Keys.Where(pair => !bounds[pair.Company].ContainsKey(pair.Holder)), Is.Empty);
        Assert.That(missing, refused ? Is.LessThan(certain) : Is.Zero, "a pair is missing only where paths were more than the budget, and that is said");
    }

    [Test]
    public void ControlOfTheFinBenchSampleIsThatOfTheRounds()
    {
        var named = SharedHoldings.FinBench();
        var into = named.Edges.ToLookup(edge => edge.To);
        var wanted = Enumerable.Range(0, named.Names.Length).SelectMany(party => Rounds(named, into, party).Select(company => (party, company)));
        var pairs = RegisterControl.Pairs(GraphOf(named));
        Assert.That(pairs.Select(pair => (pair.Holder, pair.Company)), Is.EqualTo(wanted));
        Assert.That(pairs, Has.Length.EqualTo(69));
    }

    private static IEnumerable<int> Rounds(NamedEdges named, ILookup<int, ShareEdge> into, int party)
    {
        var group = new SortedSet<int> { party };
        while (into.Where(company => !group.Contains(company.Key) && company.Where(edge => group.Contains(edge.From)).Sum(edge => edge.Share) > 0.5m).Select(company => company.Key).ToList() is { Count: > 0 } more)
            group.UnionWith(more);
        return group.Where(company => company != party);
    }

    private static void AssertPairs(RegisterAnswer answer, HashSet<(int, int)> wanted, int count)
    {
        Assert.That(answer.Pairs.Select(pair => (pair.Holder, pair.Company)), Is.EquivalentTo(wanted));
        Assert.That(wanted, Has.Count.EqualTo(count));
    }

    private static HashSet<(int Holder, int Company)> Pairs(NamedEdges named, Func<int, int, bool> isOne) => [..
        from company in named.Edges.Select(edge => edge.To).Distinct()
        from holder in Enumerable.Range(0, named.Names.Length)
        where isOne(holder, company)
        select (holder, company)];

    private static double Corrected(double[][] walks, int holder, int company) =>
        walks[company][holder] / (walks[holder].Length == 0 ? 1 : walks[holder][holder]);

    /// <summary>I + A + A² + ... by company, over plain lists of edges, until the terms vanish; empty for who is no company.</summary>
    private static double[][] Walks(NamedEdges named)
    {
        var edges = named.Edges.Select(edge => (edge.From, edge.To, Share: (double)edge.Share)).ToArray();
        var walks = new double[named.Names.Length][];
        Array.Fill(walks, []);
        foreach (var company in named.Edges.Select(edge => edge.To).Distinct())
        {
            var (sum, term) = (new double[walks.Length], new double[walks.Length]);
            term[company] = sum[company] = 1;
            while (term.Max() > 1e-14)
            {
                var next = new double[term.Length];
                foreach (var (from, to, share) in edges) next[from] += share * term[to];
                for (var i = 0; i < sum.Length; i++) sum[i] += next[i];
                term = next;
            }

            walks[company] = sum;
        }

        return walks;
    }

    /// <summary>
    /// What holders have of a company over simple paths, between the sum of the paths followed and that with the most that those broken
    /// off can bring: what reached their ends, times what walks bring from there.
    /// </summary>
    private static Dictionary<int, (double Lower, double Upper)> SimplePaths((int From, double Share)[][] into, double[][] walks, int company)
    {
        var (lower, broken, onPath) = (new Dictionary<int, double>(), new Dictionary<int, double>(), new HashSet<int>());
        Extend(company, 1);
        return lower.ToDictionary(pair => pair.Key, pair => (pair.Value, pair.Value + broken.Where(end => end.Key != pair.Key).Sum(end => end.Value * Corrected(walks, pair.Key, end.Key))));

        void Extend(int node, double product)
        {
            onPath.Add(node);
            foreach (var (from, share) in into[node])
            {
                if (onPath.Contains(from)) continue;
                var longer = product * share;
                lower[from] = lower.GetValueOrDefault(from) + longer;
                if (into[from].Length == 0) continue;
                if (longer >= LeastProduct) Extend(from, longer);
                else broken[from] = broken.GetValueOrDefault(from) + longer;
            }

            onPath.Remove(node);
        }
    }

    private static (int From, double Share)[][] IntoOf(NamedEdges named)
    {
        var into = named.Edges.ToLookup(edge => edge.To, edge => (edge.From, (double)edge.Share));
        return [.. Enumerable.Range(0, named.Names.Length).Select(node => into[node].ToArray())];
    }

    private static HoldingGraph GraphOf(NamedEdges named) => HoldingGraph.Build(named.Names.Length, named.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
}
