using System.Diagnostics;
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
            stored = Math.Max(stored, KillAt(folder.PathOf("killed.db"), Math.Max(0, stored - 10), moment, random.Next(4000)));
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

    /// <summary>Runs a writer and kills it some microseconds after it has stored a set; the number of the last set it told of.</summary>
    private static int KillAt(string path, int from, int moment, int microseconds)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KilledWriterTests).Assembly.Location, path, $"{from}"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var last = -1;
        while (last < moment && process.StandardOutput.ReadLine() is { } line) last = int.Parse(line, CultureInfo.InvariantCulture);
        var wait = Stopwatch.StartNew();
        while (wait.Elapsed.TotalMicroseconds < microseconds) Thread.SpinWait(20);
        process.Kill();
        process.WaitForExit();
        while (process.StandardOutput.ReadLine() is { } line && int.TryParse(line, CultureInfo.InvariantCulture, out var number)) last = number;
        return last;
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
