using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;

namespace GraphRisk.Server.Import;

/// <summary>What importing over GraphQL needs.</summary>
/// <param name="Mappings">How files are read.</param>
/// <param name="Quarantine">Where broken records go; used by one command at a time.</param>
/// <param name="Folder">The only folder files are imported from; records sent inline are laid down below it first.</param>
public sealed record ImportDependencies(MappingSet Mappings, QuarantineLog Quarantine, string Folder)
{
    /// <summary>How long the answer to an import waits for its job; one that takes longer goes on, and is asked for by its id.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
