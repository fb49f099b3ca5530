namespace GraphRisk.Intake.Import.Quarantine;

/// <summary>A decision about a flagged record that cannot be filed.</summary>
public sealed class FlagRefusedException(string message) : Exception(message);
