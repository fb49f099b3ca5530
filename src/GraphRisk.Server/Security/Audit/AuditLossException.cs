namespace GraphRisk.Server.Security.Audit;

/// <summary>The trail, or something it is held by, is not as it was left; the message says what is missing and what to do.</summary>
public sealed class AuditLossException : IOException
{
    private const string Remedy =
        "Nothing is answered or carried out without the trail. Put the file back from a backup; 'graphrisk audit verify' says what is wrong. "
        + "Where it is lost for good, 'graphrisk audit renew --reason ...' sets aside what is left and begins a trail that says so.";

    public AuditLossException(string what)
        : base($"{what} {Remedy}")
    {
    }
}
