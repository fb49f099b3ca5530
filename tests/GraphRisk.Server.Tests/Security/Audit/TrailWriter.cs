using System.Globalization;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Tests.Security.Audit;

/// <summary>A process that appends to a trail others append to as well, sixteen entries at a time, and tells what was acknowledged.</summary>
internal static class TrailWriter
{
    private const int AtOnce = 16;

    public static string SubjectOf(string writer, int number) => string.Create(CultureInfo.InvariantCulture, $"Person/{writer}:{number}");

    public static async Task RunAsync(string folder, string writer, int from, int to)
    {
        using var trail = AuditTrail.Open(TrailFolder.FilesIn(folder), TimeProvider.System, AuditCheck.SinceLastHead);
        for (var start = from; start < to; start += AtOnce)
        {
            var numbers = Enumerable.Range(start, Math.Min(AtOnce, to - start));
            await Task.WhenAll(numbers.Select(async number =>
            {
                await trail.Append(TrailFolder.Entry(number, SubjectOf(writer, number)), CancellationToken.None);
                lock (Console.Out)
                {
                    Console.Out.Write(FormattableString.Invariant($"{number}\n"));
                    Console.Out.Flush();
                }
            }));
        }
    }
}
