using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;

namespace GraphRisk.Server.Http;

/// <summary>
/// The executor, with the errors of an answer in the order in which their fields stand in the query, then by path. Fields are resolved
/// side by side, and errors come in the order in which they end: that would differ from one time to the next, and tell what
/// took longer for a viewer, such as a snapshot that another had not asked for yet.
/// </summary>
public sealed class OrderedExecuter : DocumentExecuter
{
    /// <summary>An executor with the library's own builder and rules.</summary>
    public OrderedExecuter()
    {
    }

    /// <param name="builder">Parses.</param>
    /// <param name="validator">Validates.</param>
    public OrderedExecuter(IDocumentBuilder builder, IDocumentValidator validator)
        : base(builder, validator)
    {
    }

    public override async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options)
    {
        var result = await base.ExecuteAsync(options).ConfigureAwait(false);
        Order(result);
        return result;
    }

    /// <summary>Puts the errors of an answer in their order.</summary>
    internal static void Order(ExecutionResult result)
    {
        if (result.Errors is not { Count: > 1 } errors) return;
        result.Errors = [];
        foreach (var error in errors.OrderBy(LineOf).ThenBy(ColumnOf).ThenBy(PathOf, StringComparer.Ordinal)) result.Errors.Add(error);
    }

    private static int LineOf(ExecutionError error) => error.Locations is { Count: > 0 } places ? places[0].Line : 0;

    private static int ColumnOf(ExecutionError error) => error.Locations is { Count: > 0 } places ? places[0].Column : 0;

    // Positions in lists are padded, so that the second comes before the tenth.
    private static string PathOf(ExecutionError error) =>
        string.Join('/', error.Path?.Select(step => step is int at ? at.ToString("D9", System.Globalization.CultureInfo.InvariantCulture) : step.ToString()) ?? []);
}
