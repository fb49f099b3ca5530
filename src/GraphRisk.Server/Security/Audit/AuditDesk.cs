using System.Security.Cryptography;
using GraphRisk.Server.Http;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// Files what requests do: commands before they are carried out and again when their outcome is known, answers before they
/// leave. What can't be filed is not done. Thread-safe.
/// </summary>
public sealed class AuditDesk(AuditTrail trail, TimeProvider clock) : IDisposable
{
    /// <summary>The value of <c>extensions.code</c> where something is not done because it can't be filed.</summary>
    public const string Unavailable = "AUDIT_UNAVAILABLE";

    /// <summary>The value of <c>extensions</c> that says whether a command was carried out whose outcome can't be filed.</summary>
    public const string CarriedOut = "carriedOut";

    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(10);
    private readonly List<Task> running = [];

    /// <summary>Requests without a token that counts.</summary>
    public RefusalTally Strangers { get; } = new(trail, clock);

    /// <summary>Files that a command is about to be carried out.</summary>
    /// <returns>The entry's number, which the outcome names.</returns>
    /// <exception cref="TypedError">It can't be filed, so the command must not be carried out.</exception>
    public async ValueTask<long> Begin(Viewer viewer, string command, string subject, CancellationToken cancellation)
    {
        var entry = AuditEntry.Of(clock.GetUtcNow(), AuditAct.Command, AuditActor.For(viewer, withReason: true), command, subject);
        try
        {
            return await trail.Append(entry with { Stage = AuditStage.Begun }, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheTrail(error))
        {
            throw new TypedError(Unavailable, "The command was not carried out, because it can't be filed in the audit trail now.");
        }
    }

    /// <summary>Files how a command ended; also where whoever gave it has gone.</summary>
    /// <param name="begun">What <see cref="Begin"/> returned.</param>
    /// <param name="viewer">Who gave it.</param>
    /// <param name="command">The command.</param>
    /// <param name="subject">Whom it is about.</param>
    /// <param name="failure">Why it was not carried out, in a word; null where it was.</param>
    /// <exception cref="TypedError">The outcome can't be filed; says whether the command was carried out.</exception>
    public async ValueTask End(long begun, Viewer viewer, string command, string subject, string? failure)
    {
        try
        {
            await FileEnd(begun, viewer, command, subject, failure).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheTrail(error))
        {
            throw failure is null
                ? new TypedError(Unavailable, "The command was carried out, and the audit trail, which shows that it was begun, can't take its outcome now. Don't give it again.", (CarriedOut, true))
                : new TypedError(Unavailable, $"The command was not carried out ({failure}), and the audit trail can't take that now.", (CarriedOut, false));
        }
    }

    private async ValueTask FileEnd(long begun, Viewer viewer, string command, string subject, string? failure)
    {
        var entry = AuditEntry.Of(clock.GetUtcNow(), AuditAct.Command, AuditActor.For(viewer, withReason: true), command, subject);
        await trail.Append(
            entry with { Stage = failure is null ? AuditStage.Done : AuditStage.Failed, Follows = begun, Detail = failure },
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Files how a command ends that goes on after its answer has left.</summary>
    /// <param name="end">Ends with the command.</param>
    /// <param name="begun">What <see cref="Begin"/> returned.</param>
    /// <param name="viewer">Who gave it.</param>
    /// <param name="command">The command.</param>
    /// <param name="subject">Whom it is about.</param>
    public void EndLater(Task end, long begun, Viewer viewer, string command, string subject)
    {
        lock (running)
        {
            running.RemoveAll(task => task.IsCompleted);
            running.Add(EndWhen(end, begun, viewer, command, subject));
        }
    }

    /// <summary>Why a command failed, in a word that is filed.</summary>
    public static string CodeOf(Exception error) => (error as TypedError)?.Code ?? error.GetType().Name;

    /// <summary>Files what a request read and was refused, with the hash of its answer, or says what stands in its place.</summary>
    /// <param name="page">What it read and was refused.</param>
    /// <param name="shared">The request.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The error to answer with where it can't be filed, which says what commands of it were carried out; null where it was.</returns>
    public async ValueTask<TypedError?> TryFileAnswer(LedgerPage page, RequestContext shared, ReadOnlyMemory<byte> answer, CancellationToken cancellation)
    {
        try
        {
            await FileAnswer(page, shared.Viewer, answer, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (IsOfTheTrail(error))
        {
            return shared.Done.Count == 0
                ? new TypedError(Unavailable, "The answer is not given, because it can't be filed in the audit trail now.")
                : new TypedError(Unavailable, $"Carried out: {string.Join(", ", shared.Done)}. The answer is not given, because it can't be filed in the audit trail now. Don't give the command again.", (CarriedOut, true));
        }
    }

    /// <summary>Files what a request read and was refused, with the hash of its answer.</summary>
    public async ValueTask FileAnswer(LedgerPage page, Viewer viewer, ReadOnlyMemory<byte> answer, CancellationToken cancellation)
    {
        var (at, hash) = (clock.GetUtcNow(), Convert.ToHexStringLower(SHA256.HashData(answer.Span)));
        var filed = new List<Task>();
        if (page.Read.Length > 0)
            filed.Add(trail.Append(new AuditEntry(at, AuditAct.Read, AuditActor.For(viewer, page.Revealed), page.Read) { Answer = hash }, cancellation).AsTask());
        if (page.Refused.Length > 0 && viewer.Role == Role.Anonymous)
            filed.Add(Strangers.Count(AccessCodes.Unauthenticated, cancellation).AsTask());
        else if (page.Refused.Length > 0)
            filed.Add(trail.Append(new AuditEntry(at, AuditAct.Refusal, AuditActor.For(viewer, withReason: true), page.Refused) { Answer = hash }, cancellation).AsTask());
        await Task.WhenAll(filed).ConfigureAwait(false);
    }

    /// <summary>Files what was only counted, and waits a while for commands whose outcome is not filed yet.</summary>
    public void Dispose()
    {
        Strangers.Dispose();
        Task[] left;
        lock (running) left = [.. running];
        Task.WaitAll(left, LastWait);
    }

    private async Task EndWhen(Task end, long begun, Viewer viewer, string command, string subject)
    {
        await end.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var failure = end.IsCompletedSuccessfully ? null : end.IsCanceled ? nameof(OperationCanceledException) : CodeOf(end.Exception!.InnerException!);
        try
        {
            await FileEnd(begun, viewer, command, subject, failure).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheTrail(error))
        {
            // Nobody waits for it any more; the trail shows a command that was begun and whose outcome is not known.
            return;
        }
    }

    private static bool IsOfTheTrail(Exception error) =>
        error is IOException or InvalidDataException or UnauthorizedAccessException or ObjectDisposedException;
}
