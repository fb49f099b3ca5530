using System.Collections.Immutable;

namespace GraphRisk.Server.Security.Audit;

/// <summary>What an entry tells of.</summary>
public enum AuditAct
{
    /// <summary>An answer with values of level 3 or above, or that of a command.</summary>
    Read,

    /// <summary>Something was asked that is not open to the asker, or with a token that does not count.</summary>
    Refusal,

    /// <summary>A mutation: filed before it is carried out and again when its outcome is known.</summary>
    Command,

    /// <summary>Facts were taken in from files.</summary>
    Import,

    /// <summary>Data left the platform as files or as another store.</summary>
    Export,

    /// <summary>Derived things were shown in the graph database.</summary>
    Publication,

    /// <summary>A token was issued.</summary>
    Token,

    /// <summary>The trail itself was cut by retention time, or begun anew after a loss.</summary>
    Trail,
}

/// <summary>Where a deed stands that is filed twice.</summary>
public enum AuditStage
{
    /// <summary>It is about to be carried out.</summary>
    Begun,

    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>It was not carried out, or not wholly.</summary>
    Failed,
}

/// <summary>Who did it, for which purpose and with which reason.</summary>
/// <param name="Role">A role's name, or <see cref="Operator"/>.</param>
/// <param name="Of">Whom it stands for; the account's name for an operator.</param>
public sealed record AuditActor(string Role, string? Of = null, string? Purpose = null, string? Basis = null, string? Reason = null)
{
    /// <summary>The person or program that held the token, as its authority names it; null where there was no authority.</summary>
    public string? Subject { get; init; }

    /// <summary>Whoever works on the machine itself, by the command line.</summary>
    public const string Operator = "Operator";

    /// <summary>A viewer; its reason only where masked values were shown for it.</summary>
    public static AuditActor For(Viewer viewer, bool withReason) => new(
        viewer.Role.ToString(), viewer.Of, viewer.Purpose?.Id, viewer.Purpose?.Basis, withReason ? viewer.Reason : null) { Subject = viewer.Subject };
}

/// <summary>Fields read of the same subjects.</summary>
/// <param name="What">Fields as <c>Type.field</c>, or the command.</param>
/// <param name="Whose">Canonical ids of the clients concerned, <see cref="ReadLedger.Everyone"/> or <see cref="ReadLedger.Unknown"/>.</param>
/// <param name="Code">Why it was refused; null where it was not.</param>
public sealed record AuditPart(ImmutableArray<string> What, ImmutableArray<string> Whose, string? Code = null);

/// <summary>What is filed; the trail adds number and hashes.</summary>
/// <param name="At">When: for an answer, when it was ready.</param>
/// <param name="Act">What kind of deed.</param>
/// <param name="Actor">Who.</param>
/// <param name="Parts">What, and whose.</param>
public sealed record AuditEntry(DateTimeOffset At, AuditAct Act, AuditActor Actor, ImmutableArray<AuditPart> Parts)
{
    /// <summary>Where the deed stands; null for one that is filed once.</summary>
    public AuditStage? Stage { get; init; }

    /// <summary>For an outcome, the number of the entry that told of the intent.</summary>
    public long? Follows { get; init; }

    /// <summary>SHA-256 of the answer's bytes, in hexadecimal; null where there was none.</summary>
    public string? Answer { get; init; }

    /// <summary>How many deeds alike the entry stands for; null for one.</summary>
    public long? Count { get; init; }

    /// <summary>Further words: files, versions, why a command failed.</summary>
    public string? Detail { get; init; }

    /// <summary>An entry of one thing done to one subject.</summary>
    public static AuditEntry Of(DateTimeOffset at, AuditAct act, AuditActor actor, string what, string whose) =>
        new(at, act, actor, [new AuditPart([what], [whose])]);
}

/// <summary>An entry as it stands in the trail.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Hash">Its keyed hash.</param>
public sealed record AuditRecord(long Sequence, string Hash, AuditEntry Entry);
