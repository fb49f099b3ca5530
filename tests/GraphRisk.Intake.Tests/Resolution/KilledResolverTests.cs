using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Resolution;
using GraphRisk.Stores;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>A resolver killed at any moment, between a record and its judgements too, and started again ends as one run over everything.</summary>
public sealed class KilledResolverTests
{
    private const int Kills = 8, Records = 160;

    [Test]
    public async Task KilledEightTimesAndRunAgainItEndsInTheLedgerOfABatch()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(8);
        var (path, resolved) = (folder.PathOf("killed.db"), -1);
        for (var kill = 1; kill <= Kills; kill++)
            resolved = Math.Max(resolved, KilledProcess.RunUntil(
                typeof(KilledResolverTests), [path, (resolved + 1).ToString(CultureInfo.InvariantCulture)], kill * Records / (Kills + 1), random.Next(6000)));
        Assert.That(resolved, Is.InRange(Records / 2, Records - 2), "it was killed on its way");
        await DeliverAsync(path, resolved + 1, _ => { });

        await using var store = GraphStores.OpenSqlite(path, ResolutionBench.Schema);
        var (killed, batch) = (new ResolutionBench(store: store), new ResolutionBench());
        await batch.AddAsync(Drawn());
        await batch.ResolveAsync();
        Assert.That(await IncrementalTests.LedgerAsync(killed), Is.Not.Empty.And.EqualTo(await IncrementalTests.LedgerAsync(batch)));
        Assert.That(await killed.GroupsAsync(), Is.EqualTo(await batch.GroupsAsync()));
    }

    /// <summary>Delivers records one by one from a number on, each resolved before the next; tells the number of each that is.</summary>
    internal static async Task DeliverAsync(string path, int first, Action<int> tell)
    {
        await using var store = GraphStores.OpenSqlite(path, ResolutionBench.Schema);
        var resolver = new Resolver(store, new ResolutionOptions());
        var records = Drawn();
        for (var number = first; number < Records; number++)
        {
            var at = DateTimeOffset.UnixEpoch.AddYears(55).AddMinutes(number);
            await store.AppendAsync(new ChangeSet($"record {number}", at, "test", [Change.Assert(records[number])]));
            await resolver.ResolveAsync(at);
            tell(number);
        }
    }

    private static NodeFact[] Drawn()
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, Records).Select(number => IncrementalTests.Draw(random, $"r{number}"))];
    }
}
