using System.Diagnostics;
using System.Globalization;

namespace GraphRisk.TestKit;

/// <summary>A test assembly run as a program that prints a number for each step it has done, and killed on its way.</summary>
public static class KilledProcess
{
    /// <summary>Kills it some microseconds after it has told of a step.</summary>
    /// <param name="assembly">A type of the assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="moment">The step; where it ends before, it is not killed.</param>
    /// <param name="microseconds">How long after.</param>
    /// <returns>The last step it told of; -1 where it told of none.</returns>
    public static int RunUntil(Type assembly, string[] arguments, int moment, int microseconds)
    {
        var start = new ProcessStartInfo("dotnet", [assembly.Assembly.Location, .. arguments]) { RedirectStandardOutput = true };
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
}
