namespace GraphRisk.Server.Security;

/// <summary>How a viewer stands to the one a record is about.</summary>
public enum Standing
{
    /// <summary>Nothing the viewer may read speaks of it. To the viewer it is not there, whether it is or not.</summary>
    Unknown,

    /// <summary>
    /// Known to the viewer from open sources or its own, and neither itself nor its client; also whatever is about nobody, and
    /// everything to those who stand to all alike.
    /// </summary>
    Visible,

    /// <summary>The viewer itself, its own record, or a client of the viewer's own brokerage, or somebody who applied to it or authorised it.</summary>
    Own,

    /// <summary>Not about anyone: a sum over many.</summary>
    Aggregate,
}

/// <summary>Tells how brokers and clients stand to the subjects of records.</summary>
public interface IStandings
{
    /// <param name="viewer">A client or a broker; other roles are never asked about.</param>
    /// <param name="subject">The id of any record of the one it is about, which need not exist.</param>
    /// <param name="cancellation">Cancels.</param>
    ValueTask<Standing> Of(Viewer viewer, string subject, CancellationToken cancellation);
}

/// <summary>A source object that knows whom it is about, such as a client, an account or a score.</summary>
public interface IAboutSubject
{
    /// <summary>The canonical id of the client, or null when the object is about no client.</summary>
    string? Subject { get; }
}

/// <summary>The strictest standings, which need no data: a client's own record is its own and nothing else is.</summary>
public sealed class OwnRecordOnly : IStandings
{
    public ValueTask<Standing> Of(Viewer viewer, string subject, CancellationToken cancellation) =>
        new(viewer.Role == Role.Client && viewer.Of == subject ? Standing.Own : Standing.Visible);
}
