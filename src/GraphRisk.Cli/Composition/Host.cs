namespace GraphRisk.Cli.Composition;

/// <summary>What a command has from outside: the clock and where to write.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Out">Answers: tables, or JSON with <c>--json</c>.</param>
/// <param name="Error">Progress, warnings and reasons of failure.</param>
/// <param name="Variable">Looks up a variable of the environment.</param>
internal sealed record Host(TimeProvider Clock, TextWriter Out, TextWriter Error, Func<string, string?> Variable)
{
    /// <summary>Names of all variables of the environment, by which those are found that nothing reads.</summary>
    public IReadOnlyCollection<string> VariableNames { get; init; } = [];

    /// <summary>Whether its variables already say what a configuration file says, too.</summary>
    public bool IsConfigured { get; init; }

    /// <summary>The host as it is for a data folder: where the environment says nothing, the configuration file does.</summary>
    /// <exception cref="UserErrorException">The file cannot be understood.</exception>
    public Host In(string dataFolder) => IsConfigured ? this : SettingValues.Read(Variable, dataFolder).In(this);
}
