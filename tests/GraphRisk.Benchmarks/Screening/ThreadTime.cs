using System.Runtime.InteropServices;

namespace GraphRisk.Benchmarks.Screening;

/// <summary>Processor time of the calling thread; of the wall where the system does not tell.</summary>
internal static class ThreadTime
{
    private const int OfThread = 3;

    public static double Milliseconds => OperatingSystem.IsLinux() && clock_gettime(OfThread, out var time) == 0
        ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6) : System.Diagnostics.Stopwatch.GetTimestamp() * 1e3 / System.Diagnostics.Stopwatch.Frequency;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds, Nanoseconds;
    }
}
