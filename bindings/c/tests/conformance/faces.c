#include "work.h"
#include <stdlib.h>
#include <string.h>

/* FORMAT,WIDTH,HEIGHT,ROTATION,PATH: the planes one behind the other, tight. */
static int32_t add_frame(work *now, const char *value) {
    char *copy = copy_of(value), *parts[5];
    chipid_frame frame = {0};
    if (cut(copy, parts, 5) != 5) {
        free(copy);
        return -1;
    }
    size_t length = 0, w = strtoul(parts[1], NULL, 10), h = strtoul(parts[2], NULL, 10), luminance = w * h;
    uint8_t *samples = file_bytes(parts[4], &length);
    frame.size = sizeof frame;
    frame.width = (uint32_t)w, frame.height = (uint32_t)h;
    frame.rotation = (uint32_t)strtoul(parts[3], NULL, 10);
    frame.planes[0] = (chipid_plane){samples, length, w, 1};
    if (strcmp(parts[0], "rgb") == 0) {
        frame.format = CHIPID_PIXELS_RGB;
        frame.planes[0].row_stride = 3 * w, frame.planes[0].pixel_stride = 3;
    } else if (strcmp(parts[0], "bgra") == 0) {
        frame.format = CHIPID_PIXELS_BGRA;
        frame.planes[0].row_stride = 4 * w, frame.planes[0].pixel_stride = 4;
    } else if (length >= luminance + luminance / 2) {
        int nv21 = strcmp(parts[0], "nv21") == 0;
        frame.format = nv21 ? CHIPID_PIXELS_NV21 : CHIPID_PIXELS_YUV420;
        frame.planes[0].length = luminance;
        frame.planes[1] = (chipid_plane){samples + luminance, luminance / (nv21 ? 2 : 4), nv21 ? w : w / 2, nv21 ? 2 : 1};
        frame.planes[2] = (chipid_plane){samples + luminance + luminance / 4, luminance / 4, w / 2, 1};
    }
    int32_t code = chipid_live_images_add_frame(now->images, &frame, &now->error);
    free(samples);
    free(copy);
    return code;
}

static int32_t have_images(work *now) {
    for (size_t i = 0; i < now->said->count; i++) {
        const line *line = &now->said->lines[i];
        if (strcmp(line->key, "live") == 0) {
            size_t length = 0;
            uint8_t *bytes = file_bytes(line->value, &length);
            int32_t code = chipid_live_images_add_file(now->images, bytes, length, &now->error);
            free(bytes);
            TRY(code);
        } else if (strcmp(line->key, "frame") == 0) {
            TRY(add_frame(now, line->value));
        }
    }
    return 0;
}

int32_t compare_faces(work *now) {
    const char *folder = said(now, "models");
    if (folder)
        TRY(models_load(now->models, folder, said(now, "models_bytes") != NULL, &now->error));
    TRY(chipid_live_images_new(capture_of(said(now, "capture")), &now->images, &now->error));
    TRY(have_images(now));
    if (folder && now->assessment)
        TRY(chipid_assessment_compare_face(now->assessment, now->models->faces, now->images, &now->error));
    return 0;
}

void models_free(models *kept) {
    chipid_faces_free(&kept->faces);
    free(kept->folder);
    kept->folder = NULL;
}

int32_t models_load(models *kept, const char *folder, int as_bytes, chipid_error **error) {
    if (kept->faces && strcmp(kept->folder, folder) == 0 && kept->as_bytes == as_bytes)
        return 0;
    models_free(kept);
    int32_t code;
    if (as_bytes) {
        char path[4096];
        size_t detector_length = 0, recogniser_length = 0;
        snprintf(path, sizeof path, "%s/face_detection_yunet_2023mar.onnx", folder);
        uint8_t *detector = file_bytes(path, &detector_length);
        snprintf(path, sizeof path, "%s/face_recognition_sface_2021dec_int8bq.onnx", folder);
        uint8_t *recogniser = file_bytes(path, &recogniser_length);
        code = chipid_faces_load_bytes(detector, detector_length, recogniser, recogniser_length, &kept->faces, error);
        free(detector);
        free(recogniser);
    } else {
        code = chipid_faces_load(folder, strlen(folder), &kept->faces, error);
    }
    kept->folder = copy_of(folder);
    kept->as_bytes = as_bytes;
    return code;
}
