using System.Globalization;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Sqlite;

/// <summary>A writer killed at any moment and started again leaves what an undisturbed one leaves.</summary>
public sealed class KilledWriterTests
{
    private const int Kills = 50;

    [Test]
    public async Task KilledFiftyTimesAndRunAgainTheStoreIsThatOfAnUndisturbedRun()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(8);
        var moments = Enumerable.Range(0, Kills).Select(_ => random.Next(DeterministicStream.Length)).Order().ToList();
        var stored = -1;
        foreach (var moment in moments)
        {
            stored = Math.Max(stored, KilledProcess.RunUntil(typeof(KilledWriterTests), [folder.PathOf("killed.db"), $"{Math.Max(0, stored - 10)}"], moment, random.Next(4000)));
            await AssertSoundAsync(folder.PathOf("killed.db"), stored);
        }

        await using var killed = DeterministicStream.Open(folder.PathOf("killed.db"));
        await DeterministicStream.AppendAsync(killed, 0, _ => { });
        await using var undisturbed = DeterministicStream.Open(folder.PathOf("undisturbed.db"));
        await DeterministicStream.AppendAsync(undisturbed, 0, _ => { });
        Assert.That(await ContentHash.ComputeAsync(killed), Is.EqualTo(await ContentHash.ComputeAsync(undisturbed)));
        Assert.That(await killed.GetVersionAsync(), Is.EqualTo(await undisturbed.GetVersionAsync()));
        Assert.That(await killed.CheckAsync(), Is.Empty);
    }

    /// <summary>Every set the writer told of is there, and the file is sound at a glance.</summary>
    private static async Task AssertSoundAsync(string path, int stored)
    {
        await using var store = DeterministicStream.Open(path);
        var last = await store.ReadSetsAsync(0).LastAsync();
        Assert.That(
            int.Parse(last.Id.Split('-')[1], CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(stored), "a set told to be stored is gone");
    }
}
