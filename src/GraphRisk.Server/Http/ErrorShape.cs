using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;

namespace GraphRisk.Server.Http;

/// <summary>What an error looks like outside: a message and typed extensions, never an exception's text or stack.</summary>
internal sealed class ErrorShape : IErrorInfoProvider
{
    public ErrorInfo GetInfo(ExecutionError executionError) => executionError switch
    {
        TypedError error => Shape(error.Message, CodeOf(error), error.Extensions),
        ValidationError error => Shape(error.Message, CodeOf(error), Rule(error)),
        TimeoutError error => Shape("The query took too long.", CodeOf(error)),
        _ => CodeOf(executionError) == ErrorCodes.Internal ? Shape(Internal, ErrorCodes.Internal) : Shape(executionError.Message, CodeOf(executionError)),
    };

    /// <summary>The code an error has outside.</summary>
    public static string CodeOf(ExecutionError error) => error switch
    {
        TypedError typed => typed.Code!,
        SyntaxError => Guard.GuardCodes.SyntaxError,
        DocumentError => ErrorCodes.ValidationFailed,
        TimeoutError => ErrorCodes.Timeout,
        UnhandledError => ErrorCodes.Internal,
        { InnerException: null } => ErrorCodes.Failed,
        _ => ErrorCodes.Internal,
    };

    public const string Internal = "The server failed. The fault is in its log.";

    private static Dictionary<string, object?>? Rule(ValidationError error) =>
        error.Number is { } section ? new() { ["rule"] = error.Code, ["section"] = section } : null;

    private static ErrorInfo Shape(string message, string code, Dictionary<string, object?>? more = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        foreach (var (name, value) in more ?? []) extensions[name] = value;
        return new ErrorInfo { Message = message, Extensions = extensions };
    }
}
