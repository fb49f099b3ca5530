using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Tests;

/// <summary>One run of the command line inside the test's process.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Out">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    public static async Task<CommandRun> OfAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, new Host(TimeProvider.System, output, error, _ => null));
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
