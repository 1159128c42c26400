// The same model behind Node's http and ONNX Runtime:  node server.mjs MODEL.onnx CARD.json PORT
//
// sharp decodes in libuv's threads; forward passes run one at a time, each on all cores.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import ort from 'onnxruntime-node';
import sharp from 'sharp';

const [modelFile, cardFile, port] = process.argv.slice(2);
const SIDE = 224, BAR_TOP = 192, BAR_LEFT = 176, AREA = SIDE * SIDE;
const WHITE = [250, 255, 252];
const MEAN = [0.485, 0.456, 0.406], DEVIATION = [0.229, 0.224, 0.225];
const calibration = JSON.parse(readFileSync(cardFile)).calibration;
const session = await ort.InferenceSession.create(modelFile, { intraOpNumThreads: availableParallelism() });
let lastPass = Promise.resolve();

async function pixels(file) {
  const { data, info } = await sharp(file).removeAlpha().toColourspace('srgb')
    .resize(SIDE, SIDE, { fit: 'fill', kernel: 'linear' }).raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error('not an RGB image');
  return data;
}

// The brightest 15 % outside the corner of the scale bar are brought to the white of the training, channel by channel.
function whiten(rgb) {
  const inCorner = (pixel) => pixel >= BAR_TOP * SIDE && pixel % SIDE >= BAR_LEFT;
  const brightness = (pixel) => rgb[3 * pixel] + rgb[3 * pixel + 1] + rgb[3 * pixel + 2];
  const counts = new Uint32Array(766);
  let all = 0;
  for (let i = 0; i < AREA; i++) if (!inCorner(i)) { counts[brightness(i)]++; all++; }
  let darkest = 766, reached = 0;
  while (100 * reached < 15 * all) reached += counts[--darkest];
  const levels = [0, 1, 2].map(() => new Uint32Array(256));
  for (let i = 0; i < AREA; i++) {
    if (!inCorner(i) && brightness(i) >= darkest) for (let band = 0; band < 3; band++) levels[band][rgb[3 * i + band]]++;
  }
  const tables = levels.map((level, band) => {
    let median = 0, below = 0;
    while (2 * (below + level[median]) < reached) below += level[median++];
    const gain = Math.min(2, Math.max(0.5, WHITE[band] / Math.max(1, median)));
    return Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, Math.round(gain * value)));
  });
  return rgb.map((value, i) => tables[i % 3][value]);
}

// The scale bar is hidden behind the mean colour; interleaved bytes become normalised planes.
function tensor(rgb) {
  const planes = new Float32Array(3 * AREA);
  for (let band = 0; band < 3; band++) {
    let sum = 0;
    for (let i = band; i < rgb.length; i += 3) sum += rgb[i];
    const mean = Math.trunc(sum / AREA);
    for (let i = 0; i < AREA; i++) {
      const hidden = i >= BAR_TOP * SIDE && i % SIDE >= BAR_LEFT;
      planes[band * AREA + i] = ((hidden ? mean : rgb[3 * i + band]) / 255 - MEAN[band]) / DEVIATION[band];
    }
  }
  return new ort.Tensor('float32', planes, [1, 3, SIDE, SIDE]);
}

function softmax(logits, temperature) {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const highest = Math.max(...scaled);
  const weights = scaled.map((logit) => Math.exp(logit - highest));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

async function forward(image) {
  const outputs = Object.values(await session.run({ [session.inputNames[0]]: image }));
  const logits = (classes) => outputs.find((output) => output.dims.at(-1) === classes).data;
  const logOdds = (logits(2)[1] - logits(2)[0]) / calibration.malignancyTemperature + calibration.malignancyBias;
  const malignant = 1 / (1 + Math.exp(-logOdds));
  const answer = { malignancy: { benign: 1 - malignant, malignant } };
  if (malignant >= calibration.threshold) {
    const [EARLY_PRE_B, PRE_B, PRO_B] = softmax(logits(3), calibration.subtypeTemperature);
    answer.subtype = { EARLY_PRE_B, PRE_B, PRO_B };
  }
  return answer;
}

async function predict(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const image = tensor(whiten(await pixels(Buffer.concat(chunks))));
  const pass = lastPass.then(() => forward(image));
  lastPass = pass.catch(() => {});
  return pass;
}

createServer(async (request, response) => {
  const reply = (status, body) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  try {
    reply(200, request.method === 'POST' ? await predict(request) : 'ready');
  } catch (error) {
    reply(422, { detail: error.message });
  }
}).listen(Number(port), '127.0.0.1');
