namespace GraphRisk.Server.Http;

/// <summary>
/// The values of <c>extensions.code</c> that the endpoint itself gives. Others come from the guard
/// (<see cref="Guard.GuardCodes"/>), from access control (<see cref="Security.AccessCodes"/>) and from the resolvers,
/// each with a <see cref="TypedError"/>.
/// </summary>
public static class ErrorCodes
{
    /// <summary>The request is not one that GraphQL over HTTP knows; the message says what is wrong with it.</summary>
    public const string BadRequest = "BAD_REQUEST";

    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    public const string NotAcceptable = "NOT_ACCEPTABLE";

    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";

    public const string BodyTooLarge = "BODY_TOO_LARGE";

    /// <summary>The request names a persisted query in a version that is not served.</summary>
    public const string PersistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED";

    /// <summary>The request names a persisted query that is not kept, or not any more: send the text with the hash.</summary>
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>The server answers only trusted documents, and the request's is none.</summary>
    public const string DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED";

    /// <summary>The query does not fit the schema, or its variables don't fit the query.</summary>
    public const string ValidationFailed = "VALIDATION_FAILED";

    /// <summary>The query took longer than a request may.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>
    /// The store cannot be reached. A command was not confirmed and may be sent again, nothing is recorded twice; a question
    /// needs what the last snapshot does not hold.
    /// </summary>
    public const string StoreUnavailable = "STORE_UNAVAILABLE";

    /// <summary>The viewer has spent its share of the minute; the header Retry-After says in how many seconds to ask again.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The server was told to end and takes no more questions; another, or the same a moment later, does.</summary>
    public const string Ending = "ENDING";

    /// <summary>No token can be checked now: the authority is away and none of its keys counts, or what was revoked is not known.</summary>
    public const string SignInUnavailable = "SIGN_IN_UNAVAILABLE";

    /// <summary>The request came in clear text and this server answers over TLS only.</summary>
    public const string HttpsRequired = "HTTPS_REQUIRED";

    /// <summary>A fault of the server; <c>extensions.correlationId</c> finds it in the log.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>An expected failure that states no code of its own.</summary>
    public const string Failed = "FAILED";
}
