namespace GraphRisk.Cli;

/// <summary>What a command's exit code means to a script.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>The command failed; the reason is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 2;

    /// <summary>Done, but some rows were quarantined or left out; only with <c>--strict</c> or <c>--skip-bad-rows</c>.</summary>
    public const int Quarantined = 3;

    /// <summary>The store is not reachable, damaged or of another schema.</summary>
    public const int StoreUnavailable = 4;
}
