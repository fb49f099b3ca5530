using GraphQL;

namespace GraphRisk.Server.Http;

/// <summary>
/// An expected failure with a code that programs can tell apart. Thrown by a resolver it nulls the field and leaves
/// the rest of the answer. Anything else thrown is a fault: logged, and answered with
/// <see cref="ErrorCodes.Internal"/> and no word of what it was.
/// </summary>
public class TypedError : ExecutionError
{
    /// <param name="code">Upper case with underscores, stable over versions.</param>
    /// <param name="message">A sentence for the person who asked; nothing the viewer may not know.</param>
    /// <param name="details">Further members of <c>extensions</c>.</param>
    public TypedError(string code, string message, params ReadOnlySpan<(string Name, object? Value)> details)
        : base(message)
    {
        Code = code;
        foreach (var (name, value) in details) (Extensions ??= [])[name] = value;
    }
}
