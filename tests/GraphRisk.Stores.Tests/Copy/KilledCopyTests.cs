using System.Diagnostics;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Tests.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Copy;

/// <summary>A copy whose process is killed at any moment goes on when it is run again.</summary>
public sealed class KilledCopyTests
{
    private const int Kills = 12;

    [Test]
    public async Task KilledTwelveTimesTheCopyIsThatOfAnUndisturbedRun()
    {
        using var folder = new TemporaryFolder();
        var (from, to) = (folder.PathOf("from.db"), folder.PathOf("to.db"));
        await using (var source = DeterministicStream.Open(from)) await DeterministicStream.AppendAsync(source, 0, _ => { });
        var random = new Random(12);
        var killed = 0;
        for (var i = 0; i < Kills; i++)
            if (RunAndKill(from, to, reports: random.Next(60), microseconds: random.Next(3000))) killed++;
        Assert.That(killed, Is.EqualTo(Kills), "each run was killed before its end");
        Assert.That(RunAndKill(from, to, int.MaxValue, 0), Is.False);

        await using var left = DeterministicStream.Open(from);
        await using var right = DeterministicStream.Open(to);
        Assert.That(await right.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(await left.ReadChangesAsync(0).ToListAsync()));
        Assert.That(await ContentHash.ComputeAsync(right), Is.EqualTo(await ContentHash.ComputeAsync(left)));
        Assert.That(await right.CheckAsync(), Is.Empty);
    }

    /// <summary>Runs a copy in a process of its own and kills it some microseconds after so many reports; false where it ended before.</summary>
    private static bool RunAndKill(string from, string to, int reports, int microseconds)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KilledCopyTests).Assembly.Location, "copy", from, to])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        for (var seen = 0; seen < reports; seen++)
        {
            if (process.StandardOutput.ReadLine() is not null) continue;
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero);
            return false;
        }

        var wait = Stopwatch.StartNew();
        while (wait.Elapsed.TotalMicroseconds < microseconds) Thread.SpinWait(20);
        process.Kill();
        process.WaitForExit();
        return true;
    }
}
