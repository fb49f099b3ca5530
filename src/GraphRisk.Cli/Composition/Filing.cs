using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Composition;

/// <summary>What a command does, as it is filed in the audit trail of the data folder it works on.</summary>
/// <param name="Act">What kind of deed.</param>
/// <param name="What">The command, as it is typed: <c>score --out</c>.</param>
/// <param name="Detail">What it is done to: files, stores.</param>
internal sealed record Deed(AuditAct Act, string What, string Detail)
{
    /// <summary>Whose data it concerns; everyone's where not said.</summary>
    public string Whose { get; init; } = ReadLedger.Everyone;

    /// <summary>What it is done for.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// Files commands given on the machine itself: that one is about to be carried out, and how it ended. One that can't be filed is
/// not carried out. Who gave it is the account it runs under.
/// </summary>
internal static class Filing
{
    /// <summary>Carries a deed out between its two entries.</summary>
    /// <param name="host">The clock.</param>
    /// <param name="folder">The data folder whose trail files it.</param>
    /// <param name="deed">The deed.</param>
    /// <param name="work">Carries it out.</param>
    /// <param name="outcome">What came of it, in a few words; null where there is nothing to say.</param>
    /// <exception cref="AuditLossException">The trail is not as it was left; nothing was done.</exception>
    public static async Task<T> RunAsync<T>(Host host, DataFolder folder, Deed deed, Func<Task<T>> work, Func<T, string>? outcome = null)
    {
        using var trail = AuditTrail.Open(folder.Audit, host.Clock, AuditCheck.SinceLastHead);
        var begun = await trail.Append(EntryOf(host, deed) with { Stage = AuditStage.Begun }, CancellationToken.None);
        T result;
        try
        {
            result = await work();
        }
        catch (Exception error)
        {
            await trail.Append(EntryOf(host, deed) with { Stage = AuditStage.Failed, Follows = begun, Detail = error.GetType().Name }, CancellationToken.None);
            throw;
        }

        await trail.Append(EntryOf(host, deed) with { Stage = AuditStage.Done, Follows = begun, Detail = outcome?.Invoke(result) }, CancellationToken.None);
        return result;
    }

    /// <summary>Files a deed that is done in a moment, before it is.</summary>
    public static async Task NoteAsync(Host host, DataFolder folder, Deed deed)
    {
        using var trail = AuditTrail.Open(folder.Audit, host.Clock, AuditCheck.SinceLastHead);
        await trail.Append(EntryOf(host, deed), CancellationToken.None);
    }

    /// <summary>Whoever works on the machine.</summary>
    public static AuditActor Actor(Purpose? purpose, string? reason) =>
        new(AuditActor.Operator, Environment.UserName, purpose?.Id, purpose?.Basis, reason);

    private static AuditEntry EntryOf(Host host, Deed deed) =>
        AuditEntry.Of(host.Clock.GetUtcNow(), deed.Act, Actor(deed.Purpose, deed.Reason), deed.What, deed.Whose) with { Detail = deed.Detail };
}
