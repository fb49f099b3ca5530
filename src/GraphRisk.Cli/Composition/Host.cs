namespace GraphRisk.Cli.Composition;

/// <summary>What a command has from outside: the clock and where to write.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Out">Answers: tables, or JSON with <c>--json</c>.</param>
/// <param name="Error">Progress, warnings and reasons of failure.</param>
/// <param name="Variable">Looks up a variable of the environment.</param>
internal sealed record Host(TimeProvider Clock, TextWriter Out, TextWriter Error, Func<string, string?> Variable);
