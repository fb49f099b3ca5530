using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.History;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.History;

/// <summary>How ownership moved, from days on which something may have changed, against a look at every day.</summary>
public sealed class OwnershipHistoryTests
{
    private const int Sketches = 300;
    private const int Length = 24;

    private static readonly DateOnly First = new(2024, 3, 1);
    private static readonly OwnershipRule Steps = RuleBook.Shipped.Find("cn-disclosure")!;
    private static readonly HistoryQuestion Question = new(
        new LookThroughQuestion(OwnershipSemantics.SimplePath), ShareMeasure.Equity, Steps, ControlParameters.Default with { Treasury = TreasuryShares.Cancelled });

    [Test]
    public async Task EveryDayOfItIsTold()
    {
        var (changes, crossings, looked) = (0, 0, 0);
        for (var seed = 1; seed <= Sketches; seed++)
        {
            var drawn = new DatedSketch(seed);
            var (found, days) = await HistoryAsync(drawn.Facts(), "Company/0", Question);
            var wanted = drawn.History();
            Assert.That(found, Is.EqualTo(wanted), () => $"seed {drawn.Seed}: {string.Join("; ", drawn.Held)}");
            looked += days;
            changes += wanted.Count(line => !line.Contains('%', StringComparison.Ordinal));
            crossings += wanted.Count - wanted.Count(line => !line.Contains('%', StringComparison.Ordinal));
        }

        Assert.That((changes > 2000, crossings > 2000, looked < Sketches * Length / 2), Is.EqualTo((true, true, true)), $"{changes} changes, {crossings} crossings, {looked} days looked at");
    }

    /// <summary>X and Y are one holder by an agreement from March 10 to its last day, March 14; Z's band goes beside a step, and then past it.</summary>
    [Test]
    public async Task ConcertIsOneHolderWhileItLastsAndBandsCrossAsFarAsTheyAreKnown()
    {
        ImmutableArray<Fact> facts =
        [
            Node("Person/X"), Node("Person/Y"), Node("Person/Z"), Node("Company/0"),
            new NodeFact(NodeId.Parse("Agreement/G"), Properties.Of(("kind", PropertyValue.OfEnum("ACTING_IN_CONCERT")), ("concludedOn", PropertyValue.Of(new DateOnly(2024, 3, 10))), ("endsOn", PropertyValue.Of(new DateOnly(2024, 3, 14)))), Validity.Always, Source("G")),
            Edge("BOUND_BY", "Person/X", "Agreement/G", null, null), Edge("BOUND_BY", "Person/Y", "Agreement/G", null, null), Edge("VOTES_IN", "Agreement/G", "Company/0", null, null),
            Edge("HOLDS", "Person/X", "Company/0", null, null, ("share", PropertyValue.Of(0.03m))), Edge("HOLDS", "Person/Y", "Company/0", null, null, ("share", PropertyValue.Of(0.08m))),
            Edge("HOLDS", "Person/Z", "Company/0", new DateOnly(2024, 3, 5), new DateOnly(2024, 3, 18), ("shareMin", PropertyValue.Of(0.1m)), ("shareMax", PropertyValue.Of(0.15m)), ("shareMaxOpen", PropertyValue.Of(true))),
            Edge("HOLDS", "Person/Z", "Company/0", new DateOnly(2024, 3, 18), null, ("share", PropertyValue.Of(0.15m))),
        ];
        var (found, _) = await HistoryAsync(facts, "Company/0", Question);
        Assert.That(found.Where(line => line.Contains("five-percent", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "03-05 Z five-percent Up 5% 10% CERTAIN",
            "03-10 X+Y five-percent Up 5% 10% CERTAIN",
            "03-15 X+Y five-percent Down 5% 10% CERTAIN",
            // Less than 15% until then, however the band turns out.
            "03-18 Z five-percent Up 15% CERTAIN",
        }));
    }

    [Test]
    public async Task WhatIsKnownLaterIsNoPartOfWhatWasKnown()
    {
        var store = new InMemoryGraphStore(GraphText.Catalog);
        var holder = Edge("HOLDS", "Person/X", "Company/0", new DateOnly(2024, 3, 3), null, ("share", PropertyValue.Of(0.06m)));
        var instant = new DateTimeOffset(2024, 3, 4, 0, 0, 0, TimeSpan.Zero);
        await store.AppendAsync(new ChangeSet("1", instant, "test", [Change.Assert(Node("Person/X")), Change.Assert(Node("Company/0")), Change.Assert(holder)]));
        await store.AppendAsync(new ChangeSet("2", instant.AddDays(9), "test", [Change.Assert(Edge("HOLDS", "Person/X", "Company/0", new DateOnly(2024, 3, 2), null, ("share", PropertyValue.Of(0.2m)))), Change.Retract(holder)]));
        var (then, now) = (await HistoryAsync(store, await store.GetVersionAsync(instant.AddDays(1)), "Company/0", Question), await HistoryAsync(store, await store.GetVersionAsync(), "Company/0", Question));
        Assert.That(then.Lines, Is.EqualTo(new[] { "03-03 X Came 0.06", "03-03 X five-percent Up 5% CERTAIN", "03-03 X one-percent Up 6% CERTAIN" }));
        Assert.That(now.Lines.Take(2), Is.EqualTo(new[] { "03-02 X Came 0.2", "03-02 X five-percent Up 5% 10% 15% 20% CERTAIN" }));
    }

    [Test]
    public async Task TheSpentBudgetEndsTheSearchForDays()
    {
        var (store, last) = await StoreAsync(new DatedSketch(7).Facts());
        var whole = new CountingMeter();
        await Find(whole);
        Assert.That(whole.Charges, Is.GreaterThan(2));
        Assert.That(async () => await Find(new CountingMeter(whole.Charges / 2)), Throws.TypeOf<BudgetSpentException>());

        async Task Find(WorkMeter meter) => await ChangeDays.FindAsync(store, last, last.Nodes.Find(NodeId.Parse("Company/0")), First, meter);
    }

    private static async Task<(List<string> Lines, int Days)> HistoryAsync(IEnumerable<Fact> facts, string company, HistoryQuestion question)
    {
        var (store, _) = await StoreAsync(facts);
        return await HistoryAsync(store, await store.GetVersionAsync(), company, question);
    }

    private static async Task<(List<string> Lines, int Days)> HistoryAsync(InMemoryGraphStore store, StoreVersion version, string company, HistoryQuestion question)
    {
        var last = await SnapshotBuilder.BuildAsync(store, version, Validity.CloseOf(First.AddDays(Length)));
        var node = last.Nodes.Find(NodeId.Parse(company));
        var changing = await ChangeDays.FindAsync(store, last, node, First, WorkMeter.Unlimited);
        Assert.That(changing.IsComplete);
        var days = new List<OwnershipDay>();
        foreach (var day in changing.Days.Prepend(First))
            days.Add(OwnershipDay.Of(await SnapshotBuilder.BuildAsync(store, version, Validity.CloseOf(day)), last, node, question, WorkMeter.Unlimited));
        string Names(IEnumerable<int> nodes) => string.Join('+', nodes.Select(one => last.Nodes.IdOf(one).Key).Order(StringComparer.Ordinal));
        var lines = new List<string>();
        foreach (var day in OwnershipHistory.Between(days))
        {
            var date = day.Day.ToString("MM-dd", CultureInfo.InvariantCulture);
            lines.AddRange(day.Changes.Select(change => FormattableString.Invariant($"{date} {Names([change.Holder])} {change.Kind} {(change.After ?? change.Before)!.Stated:0.##########}")).Order(StringComparer.Ordinal));
            lines.AddRange(day.Crossings.Select(crossing => FormattableString.Invariant(
                $"{date} {Names(crossing.Holders)} {crossing.Limb.Name} {crossing.Direction} {string.Join(' ', crossing.Steps.Select(step => $"{(step * 100).ToString("0", CultureInfo.InvariantCulture)}%"))} {crossing.Holds.ToString().ToUpperInvariant()}")).Order(StringComparer.Ordinal));
        }

        return (lines, days.Count);
    }

    private static async Task<(InMemoryGraphStore, Snapshot)> StoreAsync(IEnumerable<Fact> facts)
    {
        var store = new InMemoryGraphStore(GraphText.Catalog);
        await store.AppendAsync(new ChangeSet("1", Validity.StartOf(First), "test", [.. facts.Select(Change.Assert)]));
        return (store, await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), Validity.CloseOf(First.AddDays(Length))));
    }

    private static NodeFact Node(string id) => new(NodeId.Parse(id), Properties.Of(("name", PropertyValue.Of(id))), Validity.Always, Source(id));

    private static RelationshipFact Edge(string relationship, string from, string to, DateOnly? since, DateOnly? until, params (string Name, PropertyValue Value)[] properties) =>
        new(relationship, NodeId.Parse(from), NodeId.Parse(to), "", Properties.Of(properties.AsSpan()), Validity.Between(since, until), Source(from + to));

    private static Provenance Source(string key) => new("test", key, 0.9m);

    /// <summary>A few holdings that begin, end and are followed by others on drawn days; and what a look at every day tells of company 0.</summary>
    private sealed class DatedSketch
    {
        private readonly int nodes;
        private readonly List<(int From, int To, decimal Share, int Start, int End)> held = [];

        public DatedSketch(int seed)
        {
            Seed = seed;
            var random = new Random(seed);
            nodes = random.Next(3, 7);
            for (var i = random.Next(nodes, 2 * nodes); i > 0; i--)
            {
                var (from, to) = (random.Next(nodes), random.Next(2) == 0 ? 0 : random.Next(nodes));
                if (from == to || held.Exists(one => (one.From, one.To) == (from, to))) continue;
                for (var start = random.Next(-5, Length); start < Length + 5;)
                {
                    var end = start + random.Next(1, 12);
                    held.Add((from, to, random.Next(1, random.Next(3) == 0 ? 60 : 20) * 0.01m, start, end));
                    start = end + (random.Next(3) == 0 ? random.Next(1, 5) : 0);
                }
            }
        }

        public int Seed { get; }

        public IEnumerable<string> Held => held.Select(one => FormattableString.Invariant($"{one.From}-{one.Share}->{one.To} {First.AddDays(one.Start):MM-dd}..{First.AddDays(one.End):MM-dd}"));

        public IEnumerable<Fact> Facts() =>
        [
            .. Enumerable.Range(0, nodes).Select(node => Node($"Company/{node}")),
            .. held.Select(one => Edge("HOLDS", $"Company/{one.From}", $"Company/{one.To}", First.AddDays(one.Start), First.AddDays(one.End), ("share", PropertyValue.Of(one.Share)))),
        ];

        public List<string> History()
        {
            var lines = new List<string>();
            var (stakes, votes) = (Stakes(0), Votes(0));
            for (var day = 1; day <= Length; day++)
            {
                var (now, commanded) = (Stakes(day), Votes(day));
                var date = First.AddDays(day).ToString("MM-dd", CultureInfo.InvariantCulture);
                var told = new List<string>();
                for (var holder = 1; holder < nodes; holder++)
                    if (now[holder] != stakes[holder])
                        told.Add(FormattableString.Invariant(
                            $"{date} {holder} {(stakes[holder] == 0 ? "Came" : now[holder] == 0 ? "Went" : now[holder] > stakes[holder] ? "Rose" : "Fell")} {(now[holder] == 0 ? stakes[holder] : now[holder]):0.##########}"));
                lines.AddRange(told.Order(StringComparer.Ordinal));
                told.Clear();
                for (var holder = 1; holder < nodes; holder++)
                {
                    var (low, high) = (Math.Min(votes[holder], commanded[holder]), Math.Max(votes[holder], commanded[holder]));
                    var crossed = Enumerable.Range(5, 100).Where(percent => low < percent * 0.01m && percent * 0.01m <= high).ToLookup(percent => percent % 5 == 0);
                    foreach (var isFive in new[] { true, false })
                        if (crossed[isFive].Any())
                            told.Add($"{date} {holder} {(isFive ? "five-percent" : "one-percent")} {(commanded[holder] == high ? "Up" : "Down")} {string.Join(' ', crossed[isFive].Select(percent => $"{percent}%"))} CERTAIN");
                }

                lines.AddRange(told.Order(StringComparer.Ordinal));
                (stakes, votes) = (now, commanded);
            }

            return lines;
        }

        private List<(int From, int To, decimal Share)> On(int day) => [.. held.Where(one => one.Start <= day && day < one.End).Select(one => (one.From, one.To, one.Share))];

        /// <summary>Chains to company 0 that visit nobody twice, one by one.</summary>
        private decimal[] Stakes(int day)
        {
            var (edges, sums) = (On(day), new decimal[nodes]);
            for (var holder = 1; holder < nodes; holder++) sums[holder] = Follow(holder, [holder]);
            return sums;

            decimal Follow(int at, HashSet<int> visited) => edges.Where(edge => edge.From == at && !visited.Contains(edge.To))
                .Sum(edge => edge.Share * (edge.To == 0 ? 1 : Follow(edge.To, [.. visited, edge.To])));
        }

        /// <summary>What each holds of company 0 together with all it controls by more than half.</summary>
        private decimal[] Votes(int day)
        {
            var (edges, sums) = (On(day), new decimal[nodes]);
            for (var holder = 1; holder < nodes; holder++)
            {
                var group = new HashSet<int> { holder };
                while (Enumerable.Range(0, nodes).Any(company => !group.Contains(company) && Sum(group, company) > 0.5m && group.Add(company)))
                {
                }

                sums[holder] = Sum([.. group.Where(one => one != 0)], 0);
                if (group.Contains(0)) sums[holder] = Sum(group, 0);
            }

            return sums;

            decimal Sum(HashSet<int> group, int company) => edges.Where(edge => edge.To == company && group.Contains(edge.From)).Sum(edge => edge.Share);
        }
    }
}
