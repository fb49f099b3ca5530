using System.Runtime.InteropServices;

namespace GraphRisk.Scoring.Trees;

/// <summary>
/// The few functions of LightGBM's C interface the scoring needs. They are called directly because Microsoft.ML's LightGbm
/// trainer offers neither monotone constraints nor per-feature contributions (exact TreeSHAP), nor the model's own text.
/// Every function returns 0 on success; <see cref="LightGbmException.ThrowOnFailure"/> reads the reason otherwise.
/// </summary>
internal static partial class LightGbmNative
{
    private const string Library = "lib_lightgbm";

    internal const int Float32 = 0;
    internal const int PredictRawScore = 1;
    internal const int PredictContributions = 3;

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    internal static partial IntPtr GetLastError();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int DatasetCreateFromMat(
        ReadOnlySpan<float> data, int dataType, int rows, int columns, int isRowMajor, string parameters,
        IntPtr reference, out DatasetHandle dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int DatasetSetField(
        DatasetHandle dataset, string field, ReadOnlySpan<float> values, int count, int dataType);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetFeatureNames", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int DatasetSetFeatureNames(DatasetHandle dataset, string[] names, int count);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    internal static partial int DatasetFree(IntPtr dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int BoosterCreate(DatasetHandle dataset, string parameters, out BoosterHandle booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    internal static partial int BoosterUpdateOneIteration(BoosterHandle booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    internal static partial int BoosterSaveModelToString(
        BoosterHandle booster, int startIteration, int iterations, int importanceType, long capacity,
        out long length, Span<byte> text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int BoosterLoadModelFromString(string text, out int iterations, out BoosterHandle booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetNumFeature")]
    internal static partial int BoosterGetFeatureCount(BoosterHandle booster, out int count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int BoosterPredictForMat(
        BoosterHandle booster, ReadOnlySpan<float> data, int dataType, int rows, int columns, int isRowMajor,
        int predictType, int startIteration, int iterations, string parameters, out long length, Span<double> result);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    internal static partial int BoosterFree(IntPtr booster);
}

/// <summary>Owns a native binned dataset; freed when disposed or finalised.</summary>
internal sealed class DatasetHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle() => LightGbmNative.DatasetFree(handle) == 0;
}

/// <summary>Owns a native booster; freed when disposed or finalised.</summary>
internal sealed class BoosterHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle() => LightGbmNative.BoosterFree(handle) == 0;
}
