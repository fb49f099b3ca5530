using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Security;

/// <summary>What a decision on access rests on beside the table.</summary>
/// <param name="Standings">How viewers stand to subjects.</param>
/// <param name="Authorisations">What clients let their brokers learn.</param>
/// <param name="Pseudonyms">What stands in the place of identity.</param>
public sealed record AccessGrounds(IStandings Standings, IAuthorisations Authorisations, Pseudonyms Pseudonyms)
{
    /// <summary>The strictest: a client's own record is its own, nothing else is, and nothing is authorised.</summary>
    /// <param name="key">Secret behind pseudonyms, 16 bytes or more.</param>
    public static AccessGrounds Strictest(ReadOnlySpan<byte> key) => new(new OwnRecordOnly(), new NothingAuthorised(), new Pseudonyms(key));
}

/// <summary>Tells what clients let their brokers learn, as of now: never as of the moment a question is about.</summary>
public interface IAuthorisations
{
    /// <summary>Whether a client lets a viewer's brokerage learn something for the purpose the viewer declared.</summary>
    /// <param name="viewer">A broker.</param>
    /// <param name="client">The id of any record of the client.</param>
    /// <param name="scope">What is to be learnt.</param>
    /// <param name="cancellation">Cancels.</param>
    ValueTask<bool> InForce(Viewer viewer, string client, AuthorisationScope scope, CancellationToken cancellation);
}

/// <summary>No client has authorised anything.</summary>
public sealed class NothingAuthorised : IAuthorisations
{
    public ValueTask<bool> InForce(Viewer viewer, string client, AuthorisationScope scope, CancellationToken cancellation) => new(false);
}
