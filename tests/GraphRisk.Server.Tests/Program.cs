using GraphRisk.Server.Tests.Security.Audit;

namespace GraphRisk.Server.Tests;

/// <summary>The test assembly run as a program: the process that a test kills.</summary>
public static class Program
{
    /// <param name="arguments">
    /// Folder of an audit trail, name of the writer, number of its first entry and number after its last; the numbers are printed
    /// as the entries are acknowledged.
    /// </param>
    public static Task Main(string[] arguments) =>
        TrailWriter.RunAsync(arguments[0], arguments[1], int.Parse(arguments[2], null), int.Parse(arguments[3], null));
}
