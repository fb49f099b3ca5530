namespace GraphRisk.Server.Security;

/// <summary>How a viewer stands to the one a record is about.</summary>
public enum Standing
{
    /// <summary>Neither of the others; also where it is not known whom the record is about.</summary>
    Other,

    /// <summary>The viewer's own record, or a client of the viewer's own brokerage.</summary>
    Own,

    /// <summary>Another broker's client who authorised the disclosure, as far as the platform discloses.</summary>
    Disclosed,

    /// <summary>Not about anyone: a sum over so many that none can be told apart.</summary>
    Aggregate,
}

/// <summary>Tells how brokers and clients stand to the subjects of records.</summary>
public interface IStandings
{
    /// <param name="viewer">A client or a broker; other roles are never asked about.</param>
    /// <param name="subject">The canonical id of the client the record is about.</param>
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
        new(viewer.Role == Role.Client && viewer.Of == subject ? Standing.Own : Standing.Other);
}
