using GraphRisk.Cli;
using GraphRisk.Cli.Composition;

OwnerOnly.FromNowOn();

// The only place where the clock of the machine is read.
return await CommandLine.RunAsync(args, new Host(TimeProvider.System, Console.Out, Console.Error, Environment.GetEnvironmentVariable)
{
    VariableNames = [.. Environment.GetEnvironmentVariables().Keys.Cast<string>()],
});
