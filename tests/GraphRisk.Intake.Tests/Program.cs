using System.Globalization;
using GraphRisk.Intake.Tests.Resolution;
using GraphRisk.Intake.Tests.Streaming;

namespace GraphRisk.Intake.Tests;

/// <summary>The test assembly run as a program: the process that a test kills.</summary>
public static class Program
{
    /// <param name="arguments">Path of a store and number of the first record to deliver; a number is printed as its record is stored and resolved. Or <c>stream</c> and a folder with a delivery.</param>
    public static Task Main(string[] arguments) => arguments[0] == "stream" ? RecordStreamTests.StreamAsync(arguments[1], Tell)
        : KilledResolverTests.DeliverAsync(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), Tell);

    private static void Tell(int number)
    {
        Console.WriteLine(number);
        Console.Out.Flush();
    }
}
