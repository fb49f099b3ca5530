namespace GraphRisk.Server.Security;

/// <summary>Who asks, and for what. Every resolver answers to a viewer.</summary>
/// <param name="Role">What the viewer is to the platform.</param>
/// <param name="Of">
/// Whom the viewer stands for: the client's id (<c>Person/registry:P000123</c>), the broker's (<c>Broker/B001</c>),
/// or the office of a regulator or analyst. Null where that is nobody in particular.
/// </param>
/// <param name="Purpose">What the data is read for; without one nothing of level 3 or above is read.</param>
/// <param name="Reason">Why masked values are to be shown unmasked; null leaves them masked. It is filed.</param>
/// <param name="Subject">The person or program that holds the token, as the authority names it; null for development tokens that name none.</param>
public sealed record Viewer(Role Role, string? Of = null, Purpose? Purpose = null, string? Reason = null, string? Subject = null)
{
    public static Viewer Anonymous { get; } = new(Role.Anonymous);
}
