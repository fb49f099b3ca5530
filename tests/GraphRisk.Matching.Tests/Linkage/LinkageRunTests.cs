using GraphRisk.Matching.Evaluation;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Model;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Tests.Linkage;

public sealed class LinkageRunTests
{
    [TestCase(600)]
    [TestCase(2600)]
    public void TheSameRecordsInAnyOrderMakeTheSameClusters(int count)
    {
        var (table, _) = SmallTables.People(count, seed: 4);
        var first = new LinkageRun(table).Run().ClusterOf;
        for (var seed = 0; seed < 3; seed++)
        {
            var (shuffled, before) = SmallTables.Shuffled(table, seed);
            var clusters = new LinkageRun(shuffled).Run().ClusterOf;
            Assert.That(Groups(Enumerable.Range(0, before.Length).Select(i => (before[i], clusters[i]))), Is.EqualTo(Groups(first.Select((cluster, i) => (i, cluster)))));
        }
    }

    [Test]
    public void ThreadsDoNotChangeAnything()
    {
        var (table, _) = SmallTables.People(2600, seed: 5);
        var (one, four) = (new LinkageRun(table, new LinkageOptions { Workers = 1 }).Run(), new LinkageRun(table, new LinkageOptions { Workers = 4 }).Run());
        Assert.That(four.ClusterOf, Is.EqualTo(one.ClusterOf));
        Assert.That(four.Pairs, Is.EqualTo(one.Pairs));
        Assert.That(four.Blocking.Rules, Is.EqualTo(one.Blocking.Rules));
    }

    [TestCase(600)]
    [TestCase(2600)]
    public void PeopleAreFoundAgain(int count)
    {
        var (table, truth) = SmallTables.People(count, seed: 6);
        var result = new LinkageRun(table).Run();
        Assert.That(ClusterQuality.Measure(truth, result.ClusterOf.AsSpan()).F1, Is.GreaterThan(0.99));
    }

    [TestCase(700, 14_000)]
    public void APartyWithMoreRecordsThanABlockMayHaveStaysWhole(int copies, int others)
    {
        var (people, _) = SmallTables.People(others, seed: 8);
        string[] known = ["maximilian", "featherstone", "1931-12-30", "4 quay st", "1999"];
        var rows = Enumerable.Range(0, people.Count)
            .Select(record => people.Attributes.Select(attribute => attribute.Of(record) is [var value, ..] ? attribute.Texts[value] : "").ToArray())
            .Concat(Enumerable.Range(0, copies).Select(copy => known.Select((cell, i) => copy % 7 == i + 1 ? "" : cell).ToArray())).ToList();
        var clusters = new LinkageRun(SmallTables.Of(SmallTables.PeopleColumns, rows)).Run().ClusterOf[people.Count..];
        Assert.That(clusters.CountBy(cluster => cluster).Max(cluster => cluster.Value), Is.GreaterThan(0.99 * copies));
    }

    [Test]
    public void TheStepsOfAWaterfallAddUpToTheScore()
    {
        var (table, _) = SmallTables.People(600, seed: 7);
        var result = new LinkageRun(table).Run();
        Assert.That(result.Pairs, Is.Not.Empty);
        foreach (var pair in result.Pairs)
        {
            var (forth, back) = (result.Explain(pair.Left, pair.Right), result.Explain(pair.Right, pair.Left));
            Assert.That(forth.Bits, Is.EqualTo(pair.Bits));
            Assert.That(forth.Steps.Aggregate(0.0, (sum, step) => sum + step.Bits), Is.EqualTo(pair.Bits));
            Assert.That(back.Bits, Is.EqualTo(pair.Bits), "symmetric");
        }
    }

    [Test]
    public void PairsOfTheResultAreCandidatesAndInOrder()
    {
        var (table, _) = SmallTables.People(2600, seed: 8);
        var result = new LinkageRun(table).Run();
        Assert.That(result.Pairs.Select(pair => (pair.Left, pair.Right)), Is.Ordered.And.Unique);
        Assert.That(result.Pairs, Has.All.Matches<ScoredPair>(pair => pair.Left < pair.Right && result.IsCandidate(pair.Left, pair.Right)));
    }

    [Test]
    public void WhatPeopleDecidedStands()
    {
        var (table, _) = SmallTables.People(600, seed: 9);
        var free = new LinkageRun(table).Run();
        var sure = free.Pairs.MaxBy(pair => pair.Bits);
        var other = Enumerable.Range(0, table.Count).First(record => free.ClusterOf[record] != free.ClusterOf[sure.Left]);
        var bound = new LinkageRun(table, new LinkageOptions { Verdicts = [new(sure.Left, sure.Right, false), new(sure.Left, other, true)] }).Run();
        Assert.That(bound.ClusterOf[sure.Left], Is.Not.EqualTo(bound.ClusterOf[sure.Right]));
        Assert.That(bound.ClusterOf[sure.Left], Is.EqualTo(bound.ClusterOf[other]));
    }

    [Test]
    public void RecordsOfTwoTypesAreNeverOne()
    {
        var (table, _) = SmallTables.People(600, seed: 10);
        var sure = new LinkageRun(table).Run().Pairs.MaxBy(pair => pair.Bits);
        var types = new RecordAttribute("type", AttributeKind.RecordType, ["person", "organisation"], [.. Enumerable.Range(0, table.Count).Select(record => record == sure.Left ? 1 : 0)]);
        var typed = new LinkageRun(table with { Attributes = [.. table.Attributes, types] }).Run();
        Assert.That(typed.ClusterOf[sure.Left], Is.Not.EqualTo(typed.ClusterOf[sure.Right]));
    }

    [Test]
    public void TwoListsWithoutDuplicatesAreMatchedOneToOne()
    {
        var (table, truth) = SmallTables.People(900, seed: 11);
        var seen = new HashSet<int>();
        string[] sources = [.. truth.Select(person => seen.Add(person) ? "a" : "b")];
        var two = table with { Sources = ["a", "b"], SourceOf = [.. sources.Select(source => (byte)(source == "a" ? 0 : 1))] };
        var result = new LinkageRun(two).Run();
        Assert.That(Enumerable.Range(0, table.Count).GroupBy(record => (result.ClusterOf[record], sources[record])).Max(group => group.Count()), Is.EqualTo(1));
    }

    [Test]
    public void ACancelledRunEnds()
    {
        var (table, _) = SmallTables.People(600, seed: 12);
        Assert.That(() => new LinkageRun(table).Run(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void AFewRecordsAreNoTrouble(int count)
    {
        var table = SmallTables.Of(SmallTables.PeopleColumns, [.. Enumerable.Range(0, count).Select(_ => new[] { "anna", "smith", "1970-01-01", "1 high st", "1000" })]);
        Assert.That(new LinkageRun(table).Run().ClusterOf, Has.Length.EqualTo(count));
    }

    private static IEnumerable<string> Groups(IEnumerable<(int Record, int Cluster)> clusters) =>
        clusters.GroupBy(each => each.Cluster).Select(group => string.Join(' ', group.Select(each => each.Record).Order())).Order(StringComparer.Ordinal);
}
