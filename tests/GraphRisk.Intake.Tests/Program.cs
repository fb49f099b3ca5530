using System.Globalization;
using GraphRisk.Intake.Tests.Resolution;

namespace GraphRisk.Intake.Tests;

/// <summary>The test assembly run as a program: the process that a test kills.</summary>
public static class Program
{
    /// <param name="arguments">Path of a store and number of the first record to deliver; a number is printed as its record is stored and resolved.</param>
    public static Task Main(string[] arguments) => KilledResolverTests.DeliverAsync(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), number =>
    {
        Console.WriteLine(number);
        Console.Out.Flush();
    });
}
