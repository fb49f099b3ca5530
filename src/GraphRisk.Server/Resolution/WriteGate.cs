using System.Diagnostics.CodeAnalysis;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Review;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;

namespace GraphRisk.Server.Resolution;

/// <summary>
/// Lets one command write at a time: each reads what it writes about, and the quarantine and the resolver know no
/// threads. Refusals become typed errors. While the store is away commands are refused at once; after each, questions see what
/// it wrote.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "a semaphore whose wait handle is never asked for holds nothing to dispose")]
internal sealed class WriteGate(StoreWatch? watch)
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Runs a command when no other runs.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> command, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (watch is not null && (await watch.LookAsync(cancellation)).IsAway) throw Problem.ChangesRefused();
            return await command();
        }
        catch (ReviewRefusedException refusal)
        {
            throw new TypedError(CodeOf(refusal.Refusal), refusal.Message);
        }
        catch (StoreUnavailableException error) when (error.IsRefusal)
        {
            throw Problem.RecordedByLater();
        }
        catch (StoreUnavailableException error)
        {
            watch?.NoteAway(error.Message);
            throw Problem.ChangesRefused();
        }
        finally
        {
            watch?.NoteWrite();
            gate.Release();
        }
    }

    private static string CodeOf(ReviewRefusal refusal) => refusal switch
    {
        ReviewRefusal.UnknownParty or ReviewRefusal.NothingToRevoke => Problem.NotFoundCode,
        ReviewRefusal.Conflict => Problem.ConflictCode,
        _ => Problem.BadInputCode,
    };
}
