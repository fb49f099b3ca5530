using System.Diagnostics;

namespace GraphRisk.Cli.Output;

/// <summary>The memory of the process that runs.</summary>
internal static class ProcessMemory
{
    /// <summary>Most bytes it has held until now.</summary>
    public static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        return process.PeakWorkingSet64;
    }
}
