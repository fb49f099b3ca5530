using System.Globalization;

namespace GraphRisk.Cli.Output;

/// <summary>Numbers with their noun.</summary>
internal static class Counted
{
    /// <summary>A number of things: <c>1 chain</c>, <c>2 chains</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">What one is called; several take an s, or -ies for -y.</param>
    public static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : noun[^1] == 'y' ? $"{noun[..^1]}ies" : $"{noun}s")}");
}
